// Pressing a button of the bot's, and the toast that answers.
import { button, h, sheet } from "./dom.js";
import { changed, store } from "./store.js";
import { post } from "./wire.js";

const PATIENCE = 12_000;
const asked = new Map();
const early = new Map();

/** A short note at the lower edge. */
export function toast(text, kind = "") {
  if (!text) return;
  const box = document.getElementById("toasts");
  const note = h("div", { class: `toast ${kind}` }, text);
  box.append(note);
  setTimeout(() => note.classList.add("leaving"), 3200);
  setTimeout(() => note.remove(), 3600);
}

function free(key, timer) {
  clearTimeout(timer);
  store.busy.delete(key);
  changed();
}

function wait(query, key, user) {
  const timer = setTimeout(() => {
    asked.delete(query);
    free(key);
    toast("机器人没有回应，可能还没启动");
  }, PATIENCE);
  asked.set(query, { key, user, timer });
  if (early.has(query)) answered(early.get(query));
}

/** Press as the persona of the moment. */
export async function press(message, data) {
  const key = `${message.chat.id}/${message.message_id}/${data}`;
  if (store.busy.has(key)) return;
  store.busy.add(key);
  changed();
  try {
    const sent = await post("press", { as: store.me, chat: message.chat.id, message_id: message.message_id, data });
    wait(String(sent.callback_query_id), key, store.me);
  } catch (error) {
    free(key);
    toast(error.message, "bad");
  }
}

/** The story pressed a button; shown as if a finger had done it. */
export function pressedByStory({ chat, message_id: id, data, user, query }) {
  const key = `${chat}/${id}/${data}`;
  store.busy.add(key);
  changed();
  wait(String(query), key, user);
}

/** An event of kind toast: the bot answered a press. Only the one who pressed sees it. */
export function answered(event) {
  const query = String(event.query ?? event.callback_query_id ?? "");
  const known = asked.get(query);
  if (!known) {
    early.set(query, event);
    setTimeout(() => early.delete(query), 5000);
    return;
  }
  asked.delete(query);
  early.delete(query);
  free(known.key, known.timer);
  if (known.user !== store.me) return;
  if (event.alert) alertSheet(event.text);
  else toast(event.text);
}

function alertSheet(text) {
  if (!text) return;
  const ok = button({ class: "main" }, "知道了");
  const { close } = sheet("群办", h("p", { class: "said" }, text), ok);
  ok.addEventListener("click", close);
}
