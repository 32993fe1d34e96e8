// One message as a bubble. Words of people become text nodes, never markup.
import { draw } from "/static/map.js";

const COLOURS = ["#2f7d5b", "#a35a2a", "#3c6ea8", "#8a4a86", "#5f7a1f", "#a83f4b", "#2d7f8c", "#6b5bb0"];
const TRADES = { officer: "队员", lead: "队长", worker: "环卫/工地", merchant: "商户" };

export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== null && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((c) => c !== null && c !== undefined));
  return made;
}

export function face(id, name) {
  const made = el("span", { class: "face", "aria-hidden": "true" }, name.slice(0, 1));
  made.style.background = id === 8721 ? "#1f6f54" : COLOURS[Math.abs(id) % COLOURS.length];
  return made;
}

export const clock = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });

// Text with entities; offsets count UTF-16 units, as JavaScript's strings do.
export function words(text, entities = []) {
  const made = document.createDocumentFragment();
  let at = 0;
  const tags = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote" };
  for (const entity of entities) {
    if (entity.offset < at) continue;
    made.append(text.slice(at, entity.offset));
    const piece = text.slice(entity.offset, entity.offset + entity.length);
    made.append(tags[entity.type] ? el(tags[entity.type], {}, piece) : piece);
    at = entity.offset + entity.length;
  }
  made.append(text.slice(at));
  return made;
}

export function brief(message) {
  if (message.photo) return `[照片] ${message.caption || ""}`;
  if (message.venue) return `[定位] ${message.venue.title}`;
  if (message.location) return "[定位]";
  if (message.voice) return "[语音]";
  if (message.document) return `[文件] ${message.document.file_name || ""}`;
  return message.text || service(message) || "";
}

export function service(message) {
  if (message.new_chat_members) return `${message.new_chat_members[0].first_name} 加入群聊`;
  if (message.left_chat_member) return `${message.left_chat_member.first_name} 离开群聊`;
  if (message.migrate_to_chat_id) return "群已升级为超级群";
  if (message.migrate_from_chat_id) return "从普通群升级而来";
  return "";
}

export function bubble(message, person, mine, does) {
  const line = service(message);
  if (line) return el("li", { class: "service" }, line);
  const id = message.from.id;
  const bot = id === 8721;
  const made = el("li", { class: `msg${mine ? " mine" : ""}${bot ? " bot" : ""}${message.deleted ? " gone" : ""}`, "data-id": message.message_id });
  const by = el("span", { class: "by" }, message.from.first_name);
  const trade = bot ? "机器人" : TRADES[person?.role];
  if (trade) by.append(el("em", {}, trade));
  const body = el("div", { class: "bubble" }, quote(message, does), ...media(message, does), words(message.text || message.caption || "", message.entities || message.caption_entities), foot(message));
  body.addEventListener("contextmenu", (event) => { event.preventDefault(); does.menu(message, event.clientX, event.clientY); });
  hold(body, (x, y) => does.menu(message, x, y));
  made.append(face(id, message.from.first_name), by, body);
  const rows = message.reply_markup?.inline_keyboard;
  if (rows) made.append(buttons(message, rows, does));
  return made;
}

function quote(message, does) {
  const told = message.reply_to_message;
  if (!told) return null;
  return el("button", { type: "button", class: "quote", onclick: () => does.jump(told.message_id) }, `${told.from.first_name}：${brief(told)}`);
}

function media(message, does) {
  const made = [];
  if (message.photo) {
    const src = `/play/file/${message.photo.at(-1).file_id}`;
    made.push(el("img", { src, alt: "照片", loading: "lazy", onclick: () => does.enlarge(src) }));
  }
  if (message.location) {
    const { latitude, longitude, horizontal_accuracy } = message.location;
    made.push(draw(latitude, longitude, { radius: horizontal_accuracy || 0 }).svg);
    if (message.venue) made.push(el("b", {}, message.venue.title));
  }
  if (message.voice) made.push(el("audio", { controls: true, preload: "none", src: `/play/file/${message.voice.file_id}` }));
  if (message.document) made.push(el("a", { href: `/play/file/${message.document.file_id}`, download: message.document.file_name }, message.document.file_name || "文件"));
  return made;
}

function foot(message) {
  const marks = [message.deleted ? "已删除" : message.edit_date ? "已编辑" : "", clock(message.date)];
  return el("span", { class: "foot" }, marks.filter(Boolean).join(" · "));
}

function buttons(message, rows, does) {
  const made = el("div", { class: "buttons" });
  for (const button of rows.flat()) {
    made.append(el("button", { type: "button", onclick: (event) => does.press(message, button, event.currentTarget) }, button.text));
  }
  return made;
}

function hold(target, act) {
  let timer = 0;
  target.addEventListener("touchstart", (event) => {
    const touch = event.touches[0];
    timer = setTimeout(() => act(touch.clientX, touch.clientY), 550);
  }, { passive: true });
  for (const end of ["touchend", "touchmove", "touchcancel"]) target.addEventListener(end, () => clearTimeout(timer), { passive: true });
}
