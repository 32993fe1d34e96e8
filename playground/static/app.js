// Puts the parts together: loads what there is, listens to what happens, draws.
import { drawComposer, startComposer } from "./composer.js";
import { drawHelp } from "./help.js";
import { loadSketch } from "./map.js";
import { answered, pressedByStory } from "./press.js";
import { become, drawSide, enter } from "./side.js";
import { BOT_NAME, changed, chatsOf, on, rememberedMe, room, settleRead, store } from "./store.js";
import { drawTalk } from "./talk.js";
import { get, listen } from "./wire.js";

const TYPING = 6000;

function learn(message, chat = message.chat.id) {
  room(chat).set(message.message_id, { ...message, chat: { ...message.chat, id: chat } });
}

async function loadChat(chat) {
  const { messages } = await get(`/play/chats/${chat}/messages?limit=200`);
  store.messages.set(chat, new Map());
  for (const message of messages) learn(message, chat);
}

async function load() {
  const state = await get("/play/state");
  store.bot = state.bot;
  store.tiles = state.tiles;
  store.centre = state.map?.center ?? store.centre;
  store.people = new Map(state.people.map((person) => [person.id, person]));
  store.chats = new Map(state.chats.map((chat) => [chat.id, chat]));
  store.story = state.story;
  const privates = state.chats.filter((chat) => chat.type === "private").map((chat) => chat.id);
  const groups = state.chats.filter((chat) => chat.type !== "private").map((chat) => chat.id);
  await Promise.all([...groups, ...privates].map(loadChat));
  settleRead();
  if (!store.people.has(store.me)) first();
  store.ready = true;
  changed();
  return state.event;
}

/** Who and where at the first sight: the shopkeeper of the story, in her group. */
function first() {
  const people = [...store.people.values()];
  const start = people.find((person) => person.name === "邱女士") ?? people.find((person) => person.role === "merchant") ?? people[0];
  store.me = rememberedMe() ?? start?.id ?? null;
  store.chat = chatsOf(store.me)[0]?.id ?? null;
}

function typing(chat, name) {
  const until = Date.now() + TYPING;
  store.typing.set(chat, { name, until });
  setTimeout(() => { if (store.typing.get(chat)?.until === until) { store.typing.delete(chat); changed(); } }, TYPING);
}

function story(event) {
  const { running, step, steps, line, who, chat, pressing, speaking } = event;
  store.story = { running, step, steps, line };
  if (!running || !who) return;
  Object.assign(store.story, { who, chat });
  if (store.follow) followStory();
  if (speaking) typing(chat, store.people.get(who)?.name ?? "");
  if (pressing) pressedByStory({ ...pressing, chat, user: who });
}

/** While the story plays the page goes where it goes, until somebody touches the list. */
function followStory() {
  const { who, chat } = store.story;
  if (!who || !chat) return;
  if (store.me !== who) become(who, false);
  if (store.chat !== chat || store.view !== "talk") enter(chat, false);
}

const TAKE = {
  message(event) { store.typing.delete(event.chat); learn(event.message, event.chat); },
  edited(event) { learn(event.message, event.chat); },
  deleted(event) {
    const message = room(event.chat).get(event.message_id);
    if (message) room(event.chat).set(event.message_id, { ...message, deleted: true });
  },
  toast: answered,
  typing(event) { typing(event.chat, BOT_NAME); },
  reaction(event) { store.reactions.set(`${event.chat}/${event.message_id}`, event.emoji); },
  story,
  chat(event) {
    store.chats.set(event.chat.id, event.chat);
    get("/play/state").then((state) => {
      store.people = new Map(state.people.map((person) => [person.id, person]));
      store.chats = new Map(state.chats.map((chat) => [chat.id, chat]));
      changed();
    }).catch(() => undefined);
  },
  pinned(event) { store.pinned.set(event.chat, event.message_id); },
};

function take(event) {
  TAKE[event.type]?.(event);
  changed();
}

function online(is) {
  store.online = is;
  document.getElementById("link").hidden = is;
}

function draw() {
  if (!store.ready) return;
  document.getElementById("app").dataset.view = store.view;
  drawTalk();
  drawSide();
  drawComposer();
  drawHelp();
}

/** Keyboards of phones that do not resize the page: keep the composer above them. */
function fitKeyboard() {
  const view = window.visualViewport;
  if (!view) return;
  const fit = () => document.documentElement.style.setProperty("--tall", `${Math.round(view.height)}px`);
  view.addEventListener("resize", fit);
  fit();
}

on(draw);
startComposer();
loadSketch();
fitKeyboard();
document.addEventListener("visibilitychange", changed);
document.addEventListener("follow", followStory);
listen({ load, take, online });
