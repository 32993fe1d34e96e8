// What can be done with a message: right-click, long press, or the three dots.
import { button, h, icon, sheet } from "./dom.js";
import { chatFace } from "./faces.js";
import { toast } from "./press.js";
import { changed, chatsOf, store } from "./store.js";
import { post } from "./wire.js";

let open = null;

function closeMenu() {
  open?.remove();
  open = null;
  document.removeEventListener("pointerdown", outside, true);
}

function outside(event) {
  if (open && !open.contains(event.target)) closeMenu();
}

const attempt = (work) => work.catch((error) => toast(error.message, "bad"));

function choices(message) {
  const mine = message.from?.id === store.me;
  const plain = message.text !== undefined;
  return [
    ["reply", "回复", () => { Object.assign(store, { reply: message, edit: null }); changed(); }],
    mine && plain ? ["edit", "编辑", () => { Object.assign(store, { edit: message, reply: null }); changed(); }] : null,
    ["forward", "转发", () => forward(message)],
    mine ? ["trash", "删除", () => attempt(post("delete", { as: store.me, chat: message.chat.id, message_id: message.message_id }))] : null,
  ].filter(Boolean);
}

/** The menu of a message at a place of the window. */
export function openMenu(message, x, y) {
  closeMenu();
  const before = document.activeElement;
  open = h("div", { class: "menu", role: "menu", "aria-label": "消息操作" }, choices(message).map(([sign, name, work]) =>
    button({ role: "menuitem", class: sign === "trash" ? "danger" : "", on: { click: () => { closeMenu(); work(); } } }, icon(sign), name)));
  document.body.append(open);
  const box = open.getBoundingClientRect();
  open.style.setProperty("left", `${Math.max(8, Math.min(x, innerWidth - box.width - 8))}px`);
  open.style.setProperty("top", `${Math.max(8, Math.min(y, innerHeight - box.height - 8))}px`);
  open.addEventListener("keydown", (event) => steer(event, before));
  open.querySelector("button").focus();
  document.addEventListener("pointerdown", outside, true);
}

function steer(event, before) {
  const items = [...open.querySelectorAll("button")];
  const at = items.indexOf(document.activeElement);
  if (event.key === "Escape") { closeMenu(); before?.focus(); }
  if (event.key === "ArrowDown") items[(at + 1) % items.length].focus();
  if (event.key === "ArrowUp") items[(at - 1 + items.length) % items.length].focus();
}

function forward(message) {
  const give = (chat) => {
    close();
    attempt(post("forward", { as: store.me, chat: chat.id, from_chat: message.chat.id, message_id: message.message_id })
      .then(() => toast(`已转发到${chat.type === "private" ? "群办" : chat.title}`)));
  };
  const { close } = sheet("转发到", h("div", { class: "pick" }, chatsOf(store.me).map((chat) =>
    button({ class: "pick-row", on: { click: () => give(chat) } }, chatFace(chat), h("span", {}, chat.title)))));
}
