// The left column: who I am now, and the groups that I am in.
import { button, h, icon, keepFocus, put, sheet } from "./dom.js";
import { chatFace, face } from "./faces.js";
import { changed, chatsOf, lastMessage, rememberMe, store, unread } from "./store.js";
import { listTime, oneLine, role, serviceLine } from "./words.js";
import { speaker } from "./bubble.js";

const ORDER = ["merchant", "officer", "lead", "worker", "admin"];
const personas = document.getElementById("personas");
const list = document.getElementById("chats");
const rows = new Map();
let personasShown = "";

/** What a person is, in a few words. */
export function about(person) {
  const where = person.shop?.name ?? person.squad ?? "";
  return [role(person.role), where].filter(Boolean).join(" · ");
}

/** Become another person; the chat stays if she is in it. */
export function become(id, byHand = true) {
  if (byHand) store.follow = false;
  Object.assign(store, { me: id, reply: null, edit: null });
  rememberMe(id);
  const mine = chatsOf(id);
  if (!mine.some((chat) => chat.id === store.chat)) store.chat = mine[0]?.id ?? null;
  changed();
}

/** Go to a chat. */
export function enter(chat, byHand = true) {
  if (byHand) store.follow = false;
  Object.assign(store, { chat, view: "talk", reply: null, edit: null });
  changed();
}

/** The first of each role: the quick choice. */
function quick() {
  const people = [...store.people.values()];
  const named = people.find((person) => person.name === "邱女士");
  const first = ORDER.map((name) => (name === "merchant" && named) || people.find((person) => person.role === name)).filter(Boolean);
  return first.slice(0, 4);
}

function choose() {
  const people = [...store.people.values()].sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role));
  const { close } = sheet("换个人说话", h("div", { class: "pick" }, people.map((person) =>
    button({
      class: "pick-row", "aria-current": person.id === store.me ? "true" : null, data: { person: person.id },
      on: { click: () => { close(); become(person.id); } },
    }, face(person.id, person.name), h("span", {}, person.name, h("small", {}, about(person))),
    h("span", { class: `tag ${person.role}` }, role(person.role))))));
}

function drawPersonas() {
  const sign = JSON.stringify([store.me, store.people.size]);
  if (sign === personasShown) return;
  personasShown = sign;
  const me = store.people.get(store.me);
  if (!me) return;
  const others = quick().some((one) => one.id === me.id) ? quick() : [me, ...quick().slice(0, 3)];
  put(personas,
    h("div", { class: "iam" }, face(me.id, me.name, "large"),
      h("div", {}, h("p", { class: "iam-label" }, "我现在是"), h("p", { class: "iam-name" }, me.name, h("span", { class: `tag ${me.role}` }, role(me.role))),
        h("p", { class: "iam-about" }, me.shop ? `${me.shop.name}，${me.shop.address}` : me.squad ?? ""))),
    h("div", { class: "people", role: "group", "aria-label": "换个人说话" },
      others.map((person) => button({
        class: "person", "aria-pressed": person.id === store.me ? "true" : "false", data: { person: person.id },
        "aria-label": `${person.name}，${about(person)}`, on: { click: () => become(person.id) },
      }, face(person.id, person.name), h("span", {}, person.name))),
      button({ class: "person", "aria-label": "更多的人", data: { act: "people" }, on: { click: choose } },
        h("span", { class: "face plain" }, icon("swap")), h("span", {}, "更多"))));
}

/** A row is made anew only when it says something else: a press that is under way is not lost. */
function row(chat) {
  const last = lastMessage(chat.id);
  const count = unread(store.me, chat.id);
  const dots = store.typing.get(chat.id);
  const named = last?.from && last.from.id !== store.me && chat.type !== "private" && !serviceLine(last);
  const who = named ? `${speaker(last).name}：` : "";
  const text = dots ? `${dots.name} 正在输入…` : last ? who + oneLine(last) : chat.type === "private" ? "有事也可以单独说" : "还没有人说话";
  const sign = JSON.stringify([store.me, chat, text, count, last?.date, chat.id === store.chat]);
  if (rows.get(chat.id)?.sign !== sign) rows.set(chat.id, { sign, node: made(chat, last, text, count) });
  return rows.get(chat.id).node;
}

function made(chat, last, text, count) {
  return button({
    class: "chat", "aria-current": chat.id === store.chat ? "true" : null, data: { chat: chat.id },
    "aria-label": `${chat.title}${count ? `，${count} 条未读` : ""}`, on: { click: () => enter(chat.id) },
  }, chatFace(chat), h("span", { class: "chat-middle" }, h("b", {}, chat.title), h("span", { class: "chat-last" }, text)),
  h("span", { class: "chat-side" }, h("time", {}, last ? listTime(last.date) : ""), count ? h("span", { class: "count-badge" }, count > 99 ? "99+" : count) : null));
}

function arrange(nodes) {
  if (nodes.length !== list.children.length || nodes.some((node, i) => node !== list.children[i])) put(list, nodes);
}

/** Draw the column; the focus stays on the chat it was on. */
export function drawSide() {
  keepFocus(personas, () => `[data-person="${store.me}"]`, drawPersonas);
  keepFocus(list, (held) => `[data-chat="${held.dataset.chat}"]`, () => arrange(chatsOf(store.me).map(row)));
}
