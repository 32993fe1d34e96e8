// One bubble: who, quote, what, buttons, time.
import { button, h, icon } from "./dom.js";
import { face } from "./faces.js";
import { openMenu } from "./menu.js";
import { file, photos, pin, voice, words } from "./parts.js";
import { press } from "./press.js";
import { store } from "./store.js";
import { hour, oneLine, role, serviceLine } from "./words.js";

const HOLD = 480;

/** Who said it: name, role, whether it was me. */
export function speaker(message) {
  const from = message.from ?? {};
  if (message.sender_chat) return { id: message.sender_chat.id, name: "匿名管理员", role: "admin", mine: false };
  const bot = from.id === store.bot?.id;
  const person = store.people.get(from.id);
  return { id: from.id, name: person?.name ?? from.first_name ?? "?", role: bot ? "bot" : person?.role, mine: from.id === store.me };
}

/** Several messages of one album stand in one block. */
export function signature(block) {
  const first = block.messages[0];
  const busy = [...store.busy.keys()].filter((key) => key.startsWith(`${store.chat}/${first.message_id}/`));
  return JSON.stringify([block.messages, block.head, store.me, busy, block.messages.map((m) => store.reactions.get(`${store.chat}/${m.message_id}`))]);
}

function jump(id) {
  const there = document.querySelector(`[data-ids~="${id}"]`);
  if (!there) return;
  there.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  there.classList.remove("lit");
  requestAnimationFrame(() => there.classList.add("lit"));
}

function quoted(message) {
  const told = message.reply_to_message;
  if (!told) return null;
  const gone = store.messages.get(store.chat)?.get(told.message_id)?.deleted;
  return button({ class: "quote", "aria-label": "看原消息", on: { click: () => jump(told.message_id) } },
    h("b", {}, speaker(told).name), h("span", {}, gone ? "消息已删除" : oneLine(told)));
}

function forwarded(message) {
  const origin = message.forward_origin;
  if (!origin) return null;
  const name = origin.sender_user?.first_name ?? origin.sender_user_name ?? origin.chat?.title ?? "";
  return h("p", { class: "from" }, `转发自 ${name}`);
}

function keyboard(message) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (!rows.length) return null;
  return h("div", { class: "keys", role: "group", "aria-label": "卡片按钮" }, rows.map((row) => h("div", { class: "keys-row" }, row.map((key) => {
    if (key.url) return h("a", { class: "key", href: /^https?:/.test(key.url) ? key.url : null, target: "_blank", rel: "noopener noreferrer" }, key.text);
    const busy = store.busy.has(`${store.chat}/${message.message_id}/${key.callback_data}`);
    return button({
      class: busy ? "key busy" : "key", "aria-busy": busy ? "true" : null, data: { press: key.callback_data },
      on: { click: () => press(message, key.callback_data) },
    }, h("span", {}, key.text), busy ? h("i", { class: "spin", "aria-hidden": "true" }) : null);
  }))));
}

function inside(block) {
  const [first] = block.messages;
  if (first.photo) return photos(block.messages);
  if (first.location) return pin(first);
  if (first.voice) return voice(first);
  if (first.document) return file(first);
  return null;
}

function foot(message) {
  const emoji = store.reactions.get(`${store.chat}/${message.message_id}`) ?? [];
  return h("div", { class: "foot" },
    emoji.length ? h("span", { class: "reactions", "aria-label": `回应 ${emoji.join(" ")}` }, emoji.map((one) => h("i", {}, one))) : null,
    message.edit_date ? h("span", {}, "已编辑") : null, h("time", {}, hour(message.date)));
}

/** Right-click or a finger that rests opens the menu; the finger's lifting is then no tap on what lies below it. */
function hold(node, message) {
  let timer = 0;
  let held = false;
  const open = (x, y) => openMenu(message, x, y);
  node.addEventListener("contextmenu", (event) => { event.preventDefault(); open(event.clientX, event.clientY); });
  node.addEventListener("touchstart", (event) => {
    const { clientX: x, clientY: y } = event.touches[0];
    held = false;
    timer = setTimeout(() => { held = true; open(x, y); }, HOLD);
  }, { passive: true });
  node.addEventListener("touchend", (event) => { clearTimeout(timer); if (held) event.preventDefault(); });
  for (const end of ["touchmove", "touchcancel"]) node.addEventListener(end, () => clearTimeout(timer), { passive: true });
}

/** The node of a block of messages. */
export function bubble(block) {
  const [first] = block.messages;
  const who = speaker(first);
  const ids = block.messages.map((message) => message.message_id).join(" ");
  const kind = [who.mine ? "mine" : "theirs", block.head ? "head" : "", first.reply_markup ? "card" : ""].join(" ");
  if (first.deleted) {
    return h("p", { class: "line", data: { ids } }, `${who.mine ? "你" : who.name}删除了一条消息`);
  }
  const captioned = block.messages.find((message) => message.caption) ?? first;
  const bare = (first.photo || first.location) && !captioned.caption && !first.reply_to_message && !first.forward_origin;
  const body = h("div", { class: bare ? "bubble bare" : "bubble" },
    forwarded(first), quoted(first), inside(block), words(first.photo ? captioned : first), foot(block.messages.at(-1)));
  hold(body, first);
  const more = button({ class: "icon more", "aria-label": "更多操作", "aria-haspopup": "menu", on: {
    click: (event) => { const box = event.currentTarget.getBoundingClientRect(); openMenu(first, box.left, box.bottom); },
  } }, icon("more"));
  return h("article", { class: `block ${kind}`, data: { ids }, "aria-label": `${who.name}：${oneLine(first)}` },
    block.head ? face(who.id, who.name) : h("span", { class: "face none" }),
    h("div", { class: "stack" },
      block.head ? h("div", { class: "who" }, h("span", {}, who.name), who.role ? h("span", { class: `tag ${who.role}` }, role(who.role)) : null) : null,
      h("div", { class: "beside" }, h("div", { class: "column" }, body, keyboard(first)), more)));
}

/** A line of the chat itself: someone came, someone went. */
export function line(message) {
  return h("p", { class: "line", data: { ids: message.message_id } }, serviceLine(message));
}
