// 怎么玩: three hints, and the story that plays by itself.
import { button, h, icon, keepFocus, put, sheet } from "./dom.js";
import { toast } from "./press.js";
import { changed, store } from "./store.js";
import { post, remove } from "./wire.js";

const SPEEDS = [1, 3, 10];
const HINTS = [
  ["在商户群里说一件烦心事", "像平常说话一样，再发个定位。闲聊它不会插嘴。"],
  ["换成队员，去中队群接单", "按接单、到场，回复卡片发张照片，再按办结。"],
  ["换成队长，问一声今天怎么样", "在带班群里发 /summary，数字马上就来。"],
];
const column = document.getElementById("help");
const bar = document.getElementById("storybar");
let speed = 1;
let shown = "";

async function start() {
  store.follow = true;
  try {
    await post("story", { speed });
  } catch (error) {
    toast(error.message, "bad");
  }
}

async function stop() {
  try {
    await remove("story");
  } catch (error) {
    toast(error.message, "bad");
  }
}

const share = () => (store.story.steps ? Math.round((100 * store.story.step) / store.story.steps) : 0);

function meter() {
  return h("div", { class: "meter", role: "progressbar", "aria-label": "故事进度", "aria-valuemin": "0", "aria-valuemax": "100", "aria-valuenow": String(share()), vars: { "--share": `${share()}%` } }, h("i"));
}

function speeds() {
  return h("div", { class: "speeds", role: "group", "aria-label": "快慢" }, SPEEDS.map((one) => button({
    "aria-pressed": one === speed ? "true" : "false", on: { click: () => { speed = one; shown = ""; changed(); } },
  }, `${one}×`)));
}

function followButton() {
  if (store.follow) return null;
  return button({ class: "plain", on: { click: () => { store.follow = true; document.dispatchEvent(new Event("follow")); changed(); } } }, "跟着故事走");
}

function storyCard() {
  const { running, step, steps, line } = store.story;
  if (!running) {
    return h("section", { class: "story" }, h("h3", {}, "先看一遍"),
      h("p", {}, line || "报纸上的那件事：货车占道卖水果，从邱女士的一句话到她点满意。大约两分钟。"),
      h("div", { class: "row" }, button({ class: "main", data: { act: "play" }, on: { click: start } }, icon("play"), "播放故事"), speeds()));
  }
  return h("section", { class: "story on" }, h("h3", {}, "故事进行中", h("small", {}, `${step} / ${steps}`)), meter(),
    h("p", { "aria-live": "polite" }, line),
    h("div", { class: "row" }, button({ class: "plain", data: { act: "stop" }, on: { click: stop } }, icon("stop"), "停下"), followButton()));
}

function content() {
  return [h("h2", {}, "怎么玩"), storyCard(),
    h("ol", { class: "hints" }, HINTS.map(([name, text]) => h("li", {}, h("b", {}, name), h("span", {}, text)))),
    h("p", { class: "note" }, "这里是本机上的练习场，说的话不会发到外面。长按或右键一条消息，可以回复、编辑、转发、删除。")];
}

function drawBar() {
  const { running, line, step, steps } = store.story;
  bar.hidden = !running;
  if (!running) return;
  put(bar, h("div", { class: "storybar" }, meter(), h("span", {}, line), h("small", {}, `${step}/${steps}`), followButton(),
    button({ class: "icon", "aria-label": "停下故事", on: { click: stop } }, icon("stop"))));
}

/** On a phone the same thing under the list, and in a sheet. */
export function drawHelp() {
  const sign = JSON.stringify([store.story, store.follow, speed]);
  if (sign === shown) return;
  shown = sign;
  keepFocus(column, () => "[data-act]", () => put(column, content()));
  drawBar();
  put(document.getElementById("side-foot"), store.story.running ? null : storyCard());
}

document.addEventListener("help", () => {
  const { dialog, close } = sheet("怎么玩", h("div", { class: "help inside" }, content().slice(1)));
  dialog.addEventListener("click", (event) => { if (event.target.closest("[data-act=play], [data-act=stop]")) close(); });
});
