// What a person can send: words, points, photos, a voice note.
import { post, upload } from "/static/api.js";
import { center, draw, marker } from "/static/map.js";
import { el } from "/static/message.js";

const $ = (id) => document.getElementById(id);
const SAMPLES = { 占道水果摊: ["#c9d7e2", "truck"], 清理后的路面: ["#cfe3c4", "clear"], 井盖: ["#b9bec4", "hole"], 垃圾: ["#d9d2c0", "waste"] };

export function setUp(now, fail) {
  const context = { reply: null, edit: null };
  const box = $("words");

  const show = () => {
    $("context").hidden = !(context.reply || context.edit);
    if (context.reply) $("context").firstElementChild.textContent = `回复 ${context.reply.from.first_name}`;
    if (context.edit) $("context").firstElementChild.textContent = "正在编辑";
  };
  const reset = () => { context.reply = context.edit = null; show(); };
  const target = () => ({ as: now.persona, chat: now.chat, reply_to: context.reply?.message_id });
  const tried = async (work) => { try { await work(); reset(); } catch (error) { fail(error.message); } };

  $("compose").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = box.value;
    if (!text.trim()) return;
    tried(async () => {
      if (context.edit) await post("/play/edit", { as: now.persona, chat: now.chat, message_id: context.edit.message_id, text });
      else await post("/play/say", { ...target(), text });
      box.value = "";
    });
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); $("compose").requestSubmit(); }
  });
  $("context").lastElementChild.addEventListener("click", reset);
  $("more").addEventListener("click", () => {
    $("tray").hidden = !$("tray").hidden;
    $("more").setAttribute("aria-expanded", String(!$("tray").hidden));
  });
  const does = { pin: () => pick(), photo: () => $("files").click(), sample: () => samples(), voice: () => tried(() => upload("/play/voice", target(), [])) };
  $("tray").addEventListener("click", (event) => does[event.target.closest("button")?.dataset.do]?.());
  $("files").addEventListener("change", () => {
    const chosen = [...$("files").files].map((file) => ["photo", file, file.name]);
    const caption = box.value.trim() || null;
    tried(async () => { await upload("/play/photo", { ...target(), caption }, chosen); box.value = ""; $("files").value = ""; });
  });

  function pick() {
    const shop = now.people.get(now.persona)?.shop;
    let [lat, lon] = shop?.lat ? [shop.lat, shop.lon] : center();
    const wide = draw(lat, lon, { width: 520, height: 360, span: 0.0072, pin: false });
    const pin = marker(260, 180);
    wide.svg.append(pin);
    const tell = () => { $("picked").textContent = `${lat.toFixed(5)}, ${lon.toFixed(5)}`; };
    wide.svg.addEventListener("click", (event) => {
      const box = wide.svg.getBoundingClientRect();
      const [px, py] = [((event.clientX - box.left) / box.width) * 520, ((event.clientY - box.top) / box.height) * 360];
      [lat, lon] = wide.at(px, py);
      pin.setAttribute("d", marker(px, py).getAttribute("d"));
      tell();
    });
    $("map").replaceChildren(wide.svg);
    tell();
    $("map-send").onclick = () => { $("map-dialog").close(); tried(() => post("/play/pin", { ...target(), lat, lon })); };
    $("map-cancel").onclick = () => $("map-dialog").close();
    $("map-dialog").showModal();
  }

  function samples() {
    const shown = Object.entries(SAMPLES).map(([name, [colour, kind]]) => {
      const canvas = paint(colour, kind);
      const send = () => canvas.toBlob((blob) => { $("sample-dialog").close(); tried(() => upload("/play/photo", target(), [["photo", blob, "p.jpg"]])); }, "image/jpeg", 0.85);
      return el("button", { type: "button", "aria-label": name, onclick: send }, el("img", { src: canvas.toDataURL("image/jpeg", 0.7), alt: name }));
    });
    $("samples").replaceChildren(...shown);
    $("sample-cancel").onclick = () => $("sample-dialog").close();
    $("sample-dialog").showModal();
  }

  return {
    reply(message) { context.edit = null; context.reply = message; show(); box.focus(); },
    edit(message) { context.reply = null; context.edit = message; box.value = message.text || ""; show(); box.focus(); },
    reset,
  };
}

function paint(sky, kind) {
  const canvas = el("canvas", { width: 640, height: 480 });
  const pen = canvas.getContext("2d");
  const fill = (colour, x, y, w, h) => { pen.fillStyle = colour; pen.fillRect(x, y, w, h); };
  const ball = (colour, x, y, r) => { pen.fillStyle = colour; pen.beginPath(); pen.arc(x, y, r, 0, 7); pen.fill(); };
  fill(sky, 0, 0, 640, 480);
  fill("#8a8d91", 0, 270, 640, 210);
  fill("#d8b48a", 30, 100, 250, 175);
  fill("#b5432f", 45, 125, 220, 34);
  if (kind === "truck") { fill("#3f6fa8", 340, 230, 230, 100); for (let i = 0; i < 8; i += 1) ball("#e0902f", 355 + i * 26, 222, 13); ball("#2b2b2b", 390, 335, 24); ball("#2b2b2b", 530, 335, 24); }
  if (kind === "hole") { ball("#3a3d40", 400, 380, 62); ball("#191b1d", 408, 388, 44); }
  if (kind === "waste") for (let i = 0; i < 14; i += 1) ball(["#47525c", "#7d8a3c", "#a05a3b"][i % 3], 330 + (i * 53) % 230, 340 + (i * 31) % 90, 24);
  return canvas;
}
