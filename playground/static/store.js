// What the page knows. Everything that changes it calls `changed()`, everything that shows it listens with `on()`.

export const BOT_NAME = "群办";

export const store = {
  ready: false, bot: null, tiles: null, centre: [34.5937, 119.2213],
  people: new Map(), chats: new Map(), messages: new Map(), reactions: new Map(),
  me: null, chat: null, view: "list", follow: true,
  busy: new Set(), typing: new Map(), reply: null, edit: null,
  story: { running: false, step: 0, steps: 0, line: "" }, online: true,
};

const listeners = new Set();
let due = false;

/** Call `work` after every change; several changes in one breath make one call. */
export function on(work) {
  listeners.add(work);
}

export function changed() {
  if (due) return;
  due = true;
  queueMicrotask(() => {
    due = false;
    for (const work of listeners) work();
  });
}

const READ = "qunban.read";
const ME = "qunban.me";
const read = JSON.parse(localStorage.getItem(READ) ?? "{}");

/** The last message that a person has seen in a chat; at first sight of the page everything counts as seen. */
function seen(me, chat) {
  const key = `${me}/${chat}`;
  read[key] ??= lastId(chat);
  return read[key];
}

export function markRead(me, chat) {
  const last = lastId(chat);
  if (me === null || read[`${me}/${chat}`] === last) return;
  read[`${me}/${chat}`] = last;
  localStorage.setItem(READ, JSON.stringify(read));
}

export function settleRead() {
  for (const person of store.people.keys()) for (const chat of chatsOf(person)) seen(person, chat.id);
}

export function unread(me, chat) {
  const from = seen(me, chat);
  let count = 0;
  for (const message of room(chat).values()) {
    if (message.message_id > from && !message.deleted && message.from?.id !== me) count += 1;
  }
  return count;
}

export function lastId(chat) {
  let last = 0;
  for (const id of room(chat).keys()) last = Math.max(last, id);
  return last;
}

export function lastMessage(chat) {
  const all = [...room(chat).values()].filter((message) => !message.deleted);
  return all.reduce((best, message) => (!best || message.message_id > best.message_id ? message : best), null);
}

export function room(chat) {
  if (!store.messages.has(chat)) store.messages.set(chat, new Map());
  return store.messages.get(chat);
}

/** The groups that a person is in, newest talk first, and the private chat with the bot at the end. */
export function chatsOf(me) {
  const groups = [...store.chats.values()].filter((chat) => chat.type !== "private" && !chat.moved && chat.members.includes(me));
  const at = (chat) => lastMessage(chat.id)?.date ?? 0;
  groups.sort((a, b) => at(b) - at(a));
  return me === null ? groups : [...groups, { id: me, title: BOT_NAME, type: "private", kind: "private", members: [me] }];
}

export function chatNow() {
  return chatsOf(store.me).find((chat) => chat.id === store.chat) ?? null;
}

export function rememberMe(me) {
  localStorage.setItem(ME, String(me));
}

export function rememberedMe() {
  const known = Number(localStorage.getItem(ME));
  return store.people.has(known) ? known : null;
}
