// Saying something: words, photos, a pin, a voice note, a file; as an answer or as a correction.
import { button, h, icon, put, sheet } from "./dom.js";
import { pickPin } from "./picker.js";
import { toast } from "./press.js";
import { SAMPLES, paint } from "./samples.js";
import { speaker } from "./bubble.js";
import { chatNow, changed, store } from "./store.js";
import { post, upload } from "./wire.js";
import { oneLine } from "./words.js";

const TALLEST = 132;
const foot = document.getElementById("composer");
const drafts = new Map();
let pictures = [];
let context = "";
let editing = null;
let sending = false;

const text = h("textarea", { rows: "1", placeholder: "说点什么", "aria-label": "消息", enterkeyhint: "send", maxlength: "4096" });
const send = button({ class: "icon send", "aria-label": "发送", disabled: true, data: { act: "send" } }, icon("send"));
const plus = button({ class: "icon", "aria-label": "添加照片、定位、语音", "aria-expanded": "false", data: { act: "attach" } }, icon("plus"));
const camera = h("input", { type: "file", accept: "image/*", multiple: true, hidden: true, id: "photos" });
const paper = h("input", { type: "file", hidden: true, id: "document" });
const banner = h("div", { class: "banner", hidden: true });
const strip = h("div", { class: "strip", hidden: true });
const tray = h("div", { class: "tray", hidden: true, role: "group", "aria-label": "附件" });

const where = () => ({ as: store.me, chat: store.chat });
const replyTo = () => (store.reply ? { reply_to: store.reply.message_id } : {});

/** Do a piece of sending; what goes wrong is said, and nothing typed is lost. */
async function attempt(work) {
  if (sending) return;
  sending = true;
  try {
    await work();
    store.reply = null;
    showTray(false);
  } catch (error) {
    toast(error instanceof TypeError ? "没有发出去，网络不通" : error.message, "bad");
  }
  sending = false;
  changed();
}

function submit() {
  const words = text.value.trim();
  if (!words && !pictures.length) return;
  attempt(async () => {
    if (store.edit) await post("edit", { ...where(), message_id: store.edit.message_id, text: words });
    else if (pictures.length) await upload("photo", { ...where(), ...replyTo(), caption: words }, pictures.map((one, i) => ["photo", one.blob, one.name ?? `${i}.png`]));
    else await post("say", { ...where(), ...replyTo(), text: words });
    store.edit = null;
    setPictures([]);
    setText("");
  });
}

function setText(words) {
  text.value = words;
  grow();
}

function grow() {
  text.style.setProperty("height", "auto");
  text.style.setProperty("height", `${Math.min(text.scrollHeight + 2, TALLEST)}px`);
  send.disabled = !text.value.trim() && !pictures.length;
}

function setPictures(next) {
  for (const one of pictures) if (!next.includes(one)) URL.revokeObjectURL(one.url);
  pictures = next;
  strip.hidden = !pictures.length;
  put(strip, pictures.map((one) => h("div", { class: "thumb" }, h("img", { src: one.url, alt: one.name ?? "照片" }),
    button({ class: "drop", "aria-label": "去掉这张", on: { click: () => setPictures(pictures.filter((other) => other !== one)) } }, icon("close")))));
  text.placeholder = pictures.length ? "给照片配句话，可不写" : "说点什么";
  grow();
}

function addPictures(blobs) {
  setPictures([...pictures, ...blobs.map((blob) => ({ blob, name: blob.name, url: URL.createObjectURL(blob) }))].slice(0, 10));
  showTray(false);
  text.focus();
}

function samples() {
  const { close } = sheet("示例照片", h("p", { class: "said" }, "手边没有现场照片时，用这几张试试。"),
    h("div", { class: "samples" }, SAMPLES.map((one) => button({ class: "sample", data: { sample: one.key }, on: { click: async () => {
      close();
      addPictures([await paint(one)]);
    } } }, one.draw(), h("span", {}, one.name)))));
}

function choices() {
  const item = (act, sign, name, work) => button({ class: "tray-item", data: { act }, on: { click: work } }, h("span", {}, icon(sign)), name);
  return [
    item("photo", "photo", "照片", () => camera.click()),
    item("samples", "sample", "示例照片", samples),
    item("pin", "pin", "定位", () => pickPin((pin) => attempt(() => post("pin", { ...where(), ...replyTo(), ...pin, title: pin.title || undefined, address: pin.title || undefined })))),
    item("voice", "voice", "语音", () => attempt(() => post("voice", { ...where(), ...replyTo() }))),
    item("file", "file", "文件", () => paper.click()),
  ];
}

function showTray(open) {
  tray.hidden = !open;
  plus.setAttribute("aria-expanded", String(open));
}

function keep() {
  if (context && !editing) drafts.set(context, text.value);
}

/** Draw the banner of a reply or an edit; change drafts with the chat. */
export function drawComposer() {
  const chat = chatNow();
  foot.hidden = !chat;
  const now = `${store.me}/${store.chat}`;
  if (now !== context) {
    keep();
    context = now;
    editing = null;
    setPictures([]);
    setText(drafts.get(now) ?? "");
  }
  if (store.edit !== editing) {
    if (store.edit) { keep(); setText(store.edit.text); text.focus(); } else setText("");
    editing = store.edit;
  }
  drawBanner();
}

function drawBanner() {
  const about = store.edit ?? store.reply;
  const was = banner.hidden;
  banner.hidden = !about;
  if (!about) return;
  put(banner, icon(store.edit ? "edit" : "reply"),
    h("div", {}, h("b", {}, store.edit ? "编辑消息" : `回复 ${speaker(about).name}`), h("span", {}, oneLine(about))),
    button({ class: "icon", "aria-label": "取消", on: { click: () => { Object.assign(store, { reply: null, edit: null }); changed(); } } }, icon("close")));
  if (was) text.focus();
}

export function startComposer() {
  put(tray, choices());
  put(foot, banner, strip, h("div", { class: "bar" }, plus, text, send), tray, camera, paper);
  text.addEventListener("input", grow);
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); }
    if (event.key === "Escape") { Object.assign(store, { reply: null, edit: null }); changed(); }
  });
  text.addEventListener("focus", () => showTray(false));
  text.addEventListener("paste", (event) => {
    const images = [...event.clipboardData.files].filter((one) => one.type.startsWith("image/"));
    if (images.length) { event.preventDefault(); addPictures(images); }
  });
  send.addEventListener("click", submit);
  plus.addEventListener("click", () => showTray(tray.hidden));
  camera.addEventListener("change", () => { addPictures([...camera.files]); camera.value = ""; });
  paper.addEventListener("change", () => {
    const [one] = paper.files;
    if (one) attempt(() => upload("document", { ...where(), ...replyTo() }, [["document", one, one.name]]));
    paper.value = "";
  });
  document.addEventListener("fill", (event) => { setText(event.detail); text.focus(); });
}
