// Avatars: the end of a name on a calm colour; a group shows four of its people, as WeChat does.
import { h } from "./dom.js";
import { store } from "./store.js";

const HUES = [168, 28, 210, 262, 344, 96, 190, 46, 232, 312, 140, 12];

const hue = (id) => HUES[Math.abs(id * 7 + (id >> 3)) % HUES.length];
const sign = (name) => (/(女士|先生|姐|哥|队|班长)$/.test(name) ? [...name][0] : [...name].at(-1)) ?? "?";

/** A person's or the bot's face. */
export function face(id, name, size = "") {
  if (id === store.bot?.id) return h("span", { class: `face bot ${size}`, "aria-hidden": "true" });
  const label = name ?? store.people.get(id)?.name ?? "?";
  return h("span", { class: `face ${size}`, "aria-hidden": "true", vars: { "--hue": hue(id) } }, sign(label));
}

/** A chat's face. */
export function chatFace(chat) {
  if (chat.type === "private") return face(store.bot?.id);
  const four = chat.members.slice(0, 4);
  if (four.length < 2) return h("span", { class: "face", "aria-hidden": "true", vars: { "--hue": hue(chat.id) } }, chat.title[0]);
  return h("span", { class: "face many", "aria-hidden": "true" },
    four.map((id) => h("i", { vars: { "--hue": hue(id) } }, sign(store.people.get(id)?.name ?? "?"))));
}
