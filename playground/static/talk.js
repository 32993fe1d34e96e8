// The middle of the page: head, messages, typing. Nodes are kept as long as what they show stays the same.
import { bubble, line, signature, speaker } from "./bubble.js";
import { button, h, icon, keepFocus, put } from "./dom.js";
import { chatFace } from "./faces.js";
import { suggest } from "./hints.js";
import { chatNow, changed, markRead, room, store } from "./store.js";
import { KINDS, day, dayName, serviceLine } from "./words.js";

const TOGETHER = 300;
const NEAR = 90;
const GLIDE = 700;
const log = document.getElementById("log");
const down = document.getElementById("down");
const head = document.getElementById("head");
let kept = new Map();
let shown = "";
let lastSeen = 0;
let headShown = "";
let gliding = 0;

function drawHead(chat) {
  const sign = JSON.stringify([chat, store.me]);
  if (sign === headShown) return;
  headShown = sign;
  const back = button({ class: "icon back", "aria-label": "回到群聊列表", on: { click: () => { store.view = "list"; changed(); } } }, icon("back"));
  if (!chat) { put(head, back); return; }
  const many = chat.type === "private" ? "" : ` · ${chat.members.length + 1} 人`;
  put(head, back, chatFace(chat), h("div", { class: "titles" }, h("h1", {}, chat.title), h("p", {}, `${KINDS[chat.kind] ?? "群"}${many}`)),
    button({ class: "icon only-narrow", "aria-label": "怎么玩", data: { act: "help" }, on: { click: () => document.dispatchEvent(new Event("help")) } }, icon("help")));
}

/** Messages as blocks: albums together, one head for a run of one speaker. */
function blocks(messages) {
  const out = [];
  for (const message of messages) {
    const last = out.at(-1);
    if (!last || day(last.messages.at(-1).date) !== day(message.date)) out.push({ key: `day${day(message.date)}`, day: message.date, messages: [message] });
    const service = !message.deleted && serviceLine(message);
    const before = out.at(-1);
    const album = message.media_group_id && before?.album === message.media_group_id && !message.deleted;
    if (album) { before.messages.push(message); continue; }
    const who = speaker(message).id;
    const run = before && !before.day && !before.line && before.who === who && message.date - before.messages.at(-1).date < TOGETHER;
    out.push({
      key: `m${message.message_id}`, messages: [message], who, album: message.media_group_id, head: !run,
      line: Boolean(service || message.deleted), service,
    });
  }
  return out;
}

function make(block) {
  if (block.day) return h("p", { class: "day" }, h("span", {}, dayName(block.day)));
  return block.service ? line(block.messages[0]) : bubble(block);
}

function nodeOf(block, fresh) {
  const sign = block.day ? dayName(block.day) : signature(block);
  const old = kept.get(block.key);
  if (old?.sign === sign) return old;
  const node = make(block);
  if (old && !block.day) changeGlow(old, node, block);
  else if (!fresh && !block.day) node.classList.add("new");
  return { sign, node };
}

/** A card that the bot has rewritten glows for a moment; one that is only being pressed does not. */
function changeGlow(old, node, block) {
  const stamp = block.messages[0].edit_date;
  node.dataset.edit = stamp ?? "";
  const was = old.node.dataset.edit ?? "";
  if (stamp && (old.text !== JSON.stringify(block.messages) || was !== String(stamp))) node.classList.add("edited");
}

function typing(chat) {
  const now = store.typing.get(chat?.id);
  if (!now) return null;
  return h("p", { class: "typing", "aria-label": `${now.name} 正在输入` }, `${now.name} 正在输入`, h("i"), h("i"), h("i"));
}

function atEnd() {
  return gliding || log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
}

/** While the log glides to its end it counts as being there, unless the reader takes hold of it. */
function toEnd(smooth) {
  clearTimeout(gliding);
  gliding = smooth ? setTimeout(letGo, GLIDE) : 0;
  log.scrollTo({ top: log.scrollHeight, behavior: smooth ? "smooth" : "auto" });
}

function letGo() {
  clearTimeout(gliding);
  gliding = 0;
}

/** Draw what has changed. */
export function drawTalk() {
  const chat = chatNow();
  drawHead(chat);
  if (!chat) { put(log, h("p", { class: "line" }, "从左边选一个群")); return; }
  const key = `${store.me}/${chat.id}`;
  const fresh = key !== shown;
  if (fresh) { kept = new Map(); shown = key; }
  const stick = fresh || atEnd();
  const messages = [...room(chat.id).values()].sort((a, b) => a.message_id - b.message_id);
  keepFocus(log, heir, () => place(blocks(messages), fresh, chat, messages.length === 0));
  settle(messages, chat, stick, fresh);
}

/** A card that was rewritten under the reader's hand: its same button, else its first one. */
function heir(held) {
  const ids = held.closest("[data-ids]")?.dataset.ids ?? "";
  const key = held.dataset.press ? `[data-ids="${ids}"] [data-press="${CSS.escape(held.dataset.press)}"], ` : "";
  return `${key}[data-ids="${ids}"] .key, [data-ids="${ids}"] button`;
}

function place(list, fresh, chat, empty) {
  const next = new Map();
  const nodes = list.map((block) => {
    const entry = nodeOf(block, fresh);
    entry.text = JSON.stringify(block.messages);
    next.set(block.key, entry);
    return entry.node;
  });
  kept = next;
  if (empty) nodes.push(suggest(chat));
  const dots = typing(chat);
  if (dots) nodes.push(dots);
  let at = log.firstChild;
  for (const node of nodes) {
    if (node === at) at = at.nextSibling;
    else log.insertBefore(node, at);
  }
  while (at) { const gone = at; at = at.nextSibling; gone.remove(); }
}

function settle(messages, chat, stick, fresh) {
  const last = messages.at(-1);
  const grown = last && last.message_id !== lastSeen;
  const mine = grown && last.from?.id === store.me;
  lastSeen = last?.message_id ?? 0;
  const visible = store.view === "talk" || matchMedia("(min-width: 720px)").matches;
  if (stick || mine) {
    toEnd(!fresh && grown);
    down.hidden = true;
  } else if (grown) down.hidden = false;
  if (visible && !document.hidden) markRead(store.me, chat.id);
}

down.addEventListener("click", () => { toEnd(true); down.hidden = true; });
log.addEventListener("scroll", () => { if (atEnd()) down.hidden = true; }, { passive: true });
log.addEventListener("load", (event) => { if (event.target.tagName === "IMG" && atEnd()) toEnd(false); }, true);
for (const hold of ["wheel", "touchstart", "pointerdown", "keydown"]) log.addEventListener(hold, letGo, { passive: true });
new ResizeObserver(() => { if (shown && down.hidden) toEnd(false); }).observe(log);
