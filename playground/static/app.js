// The page: what is loaded, what arrives, what is drawn anew.
import { drawComposer, startComposer } from "./composer.js";
import { drawHelp } from "./help.js";
import { loadSketch } from "./map.js";
import { answered, pressedByStory } from "./press.js";
import { become, drawSide, enter } from "./side.js";
import { chatsOf, changed, on, rememberedMe, room, settleRead, store } from "./store.js";
import { drawTalk } from "./talk.js";
import { get, listen } from "./wire.js";

const TYPING = 6000;
const app = document.getElementById("app");
const link = document.getElementById("link");

function put(chat, message) {
  room(chat).set(message.message_id, message);
}

/** Everything as the server has it now; gives the number of the last event that is in it. */
async function load() {
  await loadSketch();
  const state = await get("/play/state");
  const rooms = await Promise.all(state.chats.map(({ id }) => get(`/play/chats/${id}/messages?limit=300`)));
  Object.assign(store, { bot: state.bot, tiles: state.tiles, story: state.story });
  store.people = new Map(state.people.map((person) => [person.id, person]));
  store.chats = new Map(state.chats.map((chat) => [chat.id, chat]));
  store.messages.clear();
  state.chats.forEach(({ id }, i) => rooms[i].messages.forEach((message) => put(id, message)));
  settleRead();
  if (!store.people.has(store.me)) begin();
  store.ready = true;
  changed();
  return state.event;
}

function begin() {
  const people = [...store.people.values()];
  const first = rememberedMe() ?? (people.find((person) => person.name === "邱女士") ?? people[0])?.id ?? null;
  if (first !== null) become(first, false);
}

function followStory() {
  const { running, who, chat } = store.story;
  if (!running || !store.follow || !who) return;
  if (store.me !== who) become(who, false);
  if (store.chat !== chat || store.view !== "talk") enter(chat, false);
}

function stopTyping(chat, user) {
  const known = store.typing.get(chat);
  if (!known || (user !== undefined && known.user !== user)) return;
  clearTimeout(known.timer);
  store.typing.delete(chat);
  changed();
}

const hears = {
  message({ chat, message }) {
    stopTyping(chat, message.from?.id);
    put(chat, message);
  },
  edited({ chat, message }) {
    put(chat, message);
  },
  deleted({ chat, message_id: id }) {
    const message = room(chat).get(id);
    if (message) put(chat, { ...message, deleted: true, reply_markup: undefined });
  },
  typing({ chat, user }) {
    stopTyping(chat);
    const name = user === store.bot.id ? store.bot.first_name : store.people.get(user)?.name ?? "";
    store.typing.set(chat, { user, name, timer: setTimeout(() => stopTyping(chat, user), TYPING) });
  },
  reaction({ chat, message_id: id, emoji }) {
    store.reactions.set(`${chat}/${id}`, emoji);
  },
  person({ person }) {
    store.people.set(person.id, person);
  },
  chat({ chat }) {
    store.chats.set(chat.id, chat);
    if (chat.moved && store.chat === chat.id) store.chat = chat.moved;
  },
  story({ type, ...story }) {
    store.story = story;
    followStory();
  },
  press: pressedByStory,
  toast: answered,
  bye() {
    store.online = false;
  },
};

function take(event) {
  hears[event.type]?.(event);
  if (!chatsOf(store.me).some((chat) => chat.id === store.chat)) store.chat = chatsOf(store.me)[0]?.id ?? null;
  changed();
}

function draw() {
  if (!store.ready) return;
  app.dataset.view = store.view;
  link.hidden = store.online;
  drawTalk();
  drawSide();
  drawComposer();
  drawHelp();
}

/** A phone's keyboard makes the window lower; the page keeps to what can be seen. */
function fit() {
  document.documentElement.style.setProperty("--tall", `${Math.round(visualViewport.height)}px`);
}

visualViewport?.addEventListener("resize", fit);
document.addEventListener("visibilitychange", changed);
document.addEventListener("follow", followStory);
on(draw);
startComposer();
listen({ load, take, online: (yes) => { store.online = yes; link.hidden = yes; changed(); } });
