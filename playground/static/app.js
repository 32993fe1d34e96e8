// The page: who I am, which chat I look at, what arrives.
import { get, listen, post, remove } from "/static/api.js";
import { setUp } from "/static/compose.js";
import { load } from "/static/map.js";
import { brief, bubble, clock, el, face } from "/static/message.js";

const $ = (id) => document.getElementById(id);
const now = { persona: 0, chat: 0, people: new Map(), chats: new Map(), messages: new Map(), unread: new Map(), waiting: new Map() };
let compose = null;

function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { $("toast").hidden = true; }, 3500);
}

const mine = () => [...now.chats.values()].filter((chat) => chat.members.includes(now.persona));
const last = (chat) => [...(now.messages.get(chat)?.values() || [])].at(-1);

function showPeople() {
  const order = ["merchant", "officer", "lead", "worker"];
  const names = { merchant: "商户", officer: "队员", lead: "队长", worker: "环卫/工地" };
  $("persona").replaceChildren(...order.map((role) => {
    const group = el("optgroup", { label: names[role] });
    for (const person of now.people.values()) if (person.role === role) group.append(el("option", { value: person.id }, `${names[role]} ${person.name}`));
    return group;
  }));
}

function become(id) {
  now.persona = id;
  $("persona").value = id;
  const person = now.people.get(id);
  $("who").textContent = person.shop ? `${person.shop.name} · ${person.shop.address || ""}` : person.squad || "";
  const chats = mine();
  if (!chats.some((chat) => chat.id === now.chat) && chats.length) now.chat = chats[0].id;
  showChats();
  showTalk();
}

function showChats() {
  $("chats").replaceChildren(...mine().map((chat) => {
    const newest = last(chat.id);
    const unread = now.unread.get(chat.id) || 0;
    return el("button", { type: "button", "aria-current": String(chat.id === now.chat), onclick: () => enter(chat.id) },
      face(chat.id, chat.title), el("span", { class: "name" }, chat.title), el("time", {}, newest ? clock(newest.date) : ""),
      el("span", { class: "last" }, newest ? `${newest.from.first_name}：${brief(newest)}` : "还没有消息"),
      unread ? el("span", { class: "unread", "aria-label": `${unread}条新消息` }, String(unread)) : "");
  }));
}

function enter(id) {
  now.chat = id;
  $("app").dataset.view = "talk";
  now.unread.delete(id);
  compose.reset();
  showChats();
  showTalk();
}

function showTalk() {
  const chat = now.chats.get(now.chat);
  if (!chat) return;
  $("title").textContent = chat.title;
  $("members").textContent = `${chat.members.length} 人和机器人`;
  let day = "";
  const shown = [];
  for (const message of now.messages.get(chat.id)?.values() || []) {
    const date = new Date(message.date * 1000).toLocaleDateString("zh-CN", { month: "long", day: "numeric" });
    if (date !== day) shown.push(el("li", { class: "day" }, date));
    day = date;
    shown.push(line(message));
  }
  $("lines").replaceChildren(...shown);
  $("lines").scrollTop = $("lines").scrollHeight;
}

const line = (message) => bubble(message, now.people.get(message.from.id), message.from.id === now.persona, does);

const does = {
  jump(id) {
    const found = $("lines").querySelector(`[data-id="${id}"]`);
    found?.scrollIntoView({ block: "center" });
    found?.classList.add("flash");
    setTimeout(() => found?.classList.remove("flash"), 1200);
  },
  enlarge(src) { $("big").src = src; $("photo-dialog").showModal(); },
  async press(message, button, target) {
    target.setAttribute("aria-busy", "true");
    try {
      const { callback_query_id: query } = await post("/play/press", { as: now.persona, chat: now.chat, message_id: message.message_id, data: button.callback_data });
      now.waiting.set(query, target);
    } catch (error) { toast(error.message); target.removeAttribute("aria-busy"); }
  },
  menu(message, x, y) {
    const own = message.from.id === now.persona;
    const items = [["回复", () => compose.reply(message)]];
    if (own && message.text) items.push(["编辑", () => compose.edit(message)]);
    if (own) items.push(["删除", () => post("/play/delete", { chat: now.chat, message_id: message.message_id })]);
    items.push(["转发到这里", () => post("/play/forward", { as: now.persona, chat: now.chat, from_chat: now.chat, message_id: message.message_id }).catch((e) => toast(e.message))]);
    $("menu").replaceChildren(...items.map(([name, act]) => el("button", { type: "button", role: "menuitem", onclick: () => { $("menu").hidden = true; act(); } }, name)));
    $("menu").hidden = false;
    $("menu").style.left = `${Math.min(x, innerWidth - 130)}px`;
    $("menu").style.top = `${Math.min(y, innerHeight - 180)}px`;
    $("menu").firstElementChild.focus();
  },
};

function put(chat, message) {
  if (!now.messages.has(chat)) now.messages.set(chat, new Map());
  now.messages.get(chat).set(message.message_id, message);
}

const hears = {
  message({ chat, message }) {
    const fresh = !now.messages.get(chat)?.has(message.message_id);
    put(chat, message);
    if (chat !== now.chat && fresh) now.unread.set(chat, (now.unread.get(chat) || 0) + 1);
    showChats();
    if (chat !== now.chat) return;
    const low = $("lines").scrollHeight - $("lines").scrollTop - $("lines").clientHeight < 160;
    if ($("lines").querySelector(`[data-id="${message.message_id}"]`)) return;
    if (!$("lines").children.length) { showTalk(); return; }
    $("lines").append(line(message));
    if (low || message.from.id === now.persona) $("lines").scrollTop = $("lines").scrollHeight;
  },
  edited({ chat, message }) {
    put(chat, message);
    showChats();
    if (chat === now.chat) $("lines").querySelector(`[data-id="${message.message_id}"]`)?.replaceWith(line(message));
  },
  deleted({ chat, message_id: id }) {
    const message = now.messages.get(chat)?.get(id);
    if (message) hears.edited({ chat, message: { ...message, deleted: true, reply_markup: undefined } });
  },
  toast({ query, text }) {
    const target = now.waiting.get(query);
    if (!target) return;
    now.waiting.delete(query);
    target.removeAttribute("aria-busy");
    if (text) toast(text);
  },
  chat({ chat }) {
    if (chat.moved) now.chats.delete(chat.id);
    else now.chats.set(chat.id, chat);
    become(now.persona);
  },
  story: showStory,
  bye() { toast("练习场停了，重新打开后刷新页面"); },
};

function showStory({ running, step, steps, line: words }) {
  $("progress").max = steps;
  $("progress").value = step;
  $("play").textContent = running ? "停下" : "播放故事";
  if (words) $("story-line").textContent = words;
  now.playing = running;
}

async function start() {
  await load();
  const state = await get("/play/state");
  for (const person of state.people) now.people.set(person.id, person);
  for (const chat of state.chats) if (chat.type !== "private") now.chats.set(chat.id, chat);
  for (const chat of now.chats.keys()) {
    const { messages } = await get(`/play/chats/${chat}/messages?limit=200`);
    for (const message of messages) put(chat, message);
  }
  compose = setUp(now, toast);
  showPeople();
  const first = [...now.people.values()].find((p) => p.name === "邱女士") || [...now.people.values()][0];
  become(first.id);
  if (innerWidth > 720) $("app").dataset.view = "talk";
  showStory(state.story);
  listen(state.event, (event) => hears[event.type]?.(event), (open) => { document.body.dataset.live = String(open); });
}

$("persona").addEventListener("change", () => become(Number($("persona").value)));
$("back").addEventListener("click", () => { $("app").dataset.view = "list"; });
$("howto").addEventListener("click", () => { $("app").dataset.guide = "open"; });
$("close-guide").addEventListener("click", () => { delete $("app").dataset.guide; });
$("photo-close").addEventListener("click", () => $("photo-dialog").close());
$("play").addEventListener("click", async () => {
  delete $("app").dataset.guide;
  if (now.playing) await remove("/play/story");
  else await post("/play/story", { speed: Number($("speed").value) });
});
document.addEventListener("click", (event) => { if (!$("menu").contains(event.target)) $("menu").hidden = true; });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") $("menu").hidden = true; });
start().catch((error) => toast(error.message));
