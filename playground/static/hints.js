// An empty chat says what one could say there.
import { button, h } from "./dom.js";

const TRY = {
  merchants: ["这里有货车路边卖水果，堵住我们门前小路，能不能过来管理？", "店门口的井盖松了，车一过就响", "今天风真大，大家关好门窗"],
  sites: ["海连中路有渣土洒了一路", "瀛洲路北头的垃圾桶满了，麻烦安排清一下"],
  squad: ["我在农贸市场这边，有事喊我"],
  leads: ["/summary", "这周怎么样"],
  private: ["/help", "/mine", "我店门口有人占道摆摊"],
};

/** Lines that fill the composer at a tap. */
export function suggest(chat) {
  const lines = TRY[chat.kind] ?? TRY.merchants;
  const fill = (text) => () => document.dispatchEvent(new CustomEvent("fill", { detail: text }));
  return h("div", { class: "suggest" },
    h("p", {}, chat.kind === "private" ? "和群办单独说话，只有你看得到" : "还没有人说话，试着说一句"),
    lines.map((text) => button({ class: "try", on: { click: fill(text) } }, text)));
}
