// What can stand in a bubble: photos, pins, voice, files.
import { button, h, icon, sheet } from "./dom.js";
import { smallMap } from "./map.js";
import { showPin } from "./picker.js";
import { rich } from "./rich.js";
import { fileUrl } from "./wire.js";

const LONGEST = 260;

function bestSize(photo, want) {
  return photo.find((size) => Math.max(size.width, size.height) >= want) ?? photo.at(-1);
}

/** Enlarge: a dialog with the largest size, left and right through an album. */
function enlarge(photos, start) {
  let at = start;
  const image = h("img", { class: "large", alt: "照片" });
  const count = h("p", { class: "count" });
  const show = (to) => {
    at = (to + photos.length) % photos.length;
    image.src = fileUrl(photos[at].at(-1).file_id);
    count.textContent = photos.length > 1 ? `${at + 1} / ${photos.length}` : "";
  };
  const steps = photos.length > 1 ? h("div", { class: "row" },
    button({ class: "plain", on: { click: () => show(at - 1) } }, "上一张"), count,
    button({ class: "plain", on: { click: () => show(at + 1) } }, "下一张")) : null;
  const { dialog, close } = sheet("照片", image, ...(steps ? [steps] : []));
  dialog.classList.add("viewer");
  image.addEventListener("click", close);
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight") show(at + 1);
    if (event.key === "ArrowLeft") show(at - 1);
  });
  show(start);
}

/** One photo in its own shape, several as a grid. */
export function photos(messages) {
  const all = messages.map((message) => message.photo);
  const thumb = (photo, i, want) => {
    const size = bestSize(photo, want);
    const img = h("img", { src: fileUrl(size.file_id), alt: messages[i].caption || "照片", width: size.width, height: size.height, decoding: "async" });
    return button({ class: "photo", "aria-label": "看大图", on: { click: () => enlarge(all, i) } }, img);
  };
  if (all.length > 1) {
    return h("div", { class: "album", data: { n: Math.min(all.length, 3) } }, all.map((photo, i) => thumb(photo, i, 320)));
  }
  const { width, height } = all[0].at(-1);
  const scale = Math.min(1, LONGEST / Math.max(width, height));
  const one = thumb(all[0], 0, 640);
  one.style.setProperty("--w", `${Math.max(120, Math.round(width * scale))}px`);
  one.style.setProperty("--ratio", `${width} / ${height}`);
  return one;
}

/** A pin: a small map, its name and address. */
export function pin(message) {
  const { location, venue } = message;
  const title = venue?.title ?? "";
  const address = venue?.address && venue.address !== title ? venue.address : "";
  return button({ class: "pin", "aria-label": `看地图 ${title}`, on: { click: () => showPin(location, title) } },
    smallMap(location),
    h("span", { class: "pin-name" }, title || "定位",
      h("small", {}, address || `${location.latitude.toFixed(5)}, ${location.longitude.toFixed(5)}`)));
}

/** A voice note: a press plays it, another stops it. */
export function voice(message) {
  const { duration = 1, file_id: id } = message.voice;
  let sound = null;
  const node = button({ class: "voice", "aria-label": `语音，${duration} 秒，播放`, vars: { "--long": duration } },
    icon("play"), h("span", { class: "wave" }, [9, 15, 7, 18, 12, 16, 8, 13, 6, 11].map((tall) => h("i", { vars: { "--t": `${tall}px` } }))),
    h("span", {}, `${duration}″`));
  node.addEventListener("click", () => {
    sound ??= new Audio(fileUrl(id));
    sound.onended = () => node.classList.remove("playing");
    if (node.classList.toggle("playing")) sound.play().catch(() => node.classList.remove("playing"));
    else { sound.pause(); sound.currentTime = 0; }
  });
  return node;
}

function weight(bytes = 0) {
  return bytes > 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1000))} kB`;
}

/** A file to be downloaded. */
export function file(message) {
  const { file_name: name = "文件", file_size: size, file_id: id } = message.document;
  return h("a", { class: "file", href: fileUrl(id), download: name }, icon("file"), h("span", {}, name, h("small", {}, weight(size))));
}

/** Words of a message. */
export function words(message) {
  const text = message.text ?? message.caption;
  if (!text) return null;
  return h("div", { class: "words" }, rich(text, message.entities ?? message.caption_entities));
}
