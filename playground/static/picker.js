// Choosing a point: click sets the pin, dragging moves the map, wheel or buttons zoom, arrow keys move the pin.
import { button, h, icon, s, sheet } from "./dom.js";
import { frame, ground, loadSketch, marker, namedPlaces } from "./map.js";
import { store } from "./store.js";

const STEP = 0.00009;
const ARROWS = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const clamp = (zoom) => Math.min(18.5, Math.max(14.4, zoom));

function begin() {
  const shop = store.people.get(store.me)?.shop;
  const [lat, lon] = shop?.lat ? [shop.lat, shop.lon] : store.centre;
  return { lat, lon, zoom: 16.6, pin: [lat, lon] };
}

function surface(look, redraw) {
  const svg = s("svg", { class: "map big", tabindex: "0", role: "application", "aria-label": "地图，点一下放下定位，方向键微调" });
  let from = null;
  svg.addEventListener("pointerdown", (event) => {
    svg.setPointerCapture(event.pointerId);
    from = { x: event.clientX, y: event.clientY, lat: look.lat, lon: look.lon, moved: false };
  });
  svg.addEventListener("pointermove", (event) => {
    if (!from) return;
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    if (!from.moved && Math.hypot(dx, dy) < 6) return;
    from.moved = true;
    const old = frame({ ...look, lat: from.lat, lon: from.lon, ...size(svg) });
    [look.lat, look.lon] = old.back(old.w / 2 - dx, old.h / 2 - dy);
    redraw();
  });
  svg.addEventListener("pointerup", (event) => {
    if (from && !from.moved) {
      const box = svg.getBoundingClientRect();
      look.pin = frame({ ...look, ...size(svg) }).back(event.clientX - box.left, event.clientY - box.top);
      redraw();
    }
    from = null;
  });
  svg.addEventListener("pointercancel", () => { from = null; });
  svg.addEventListener("wheel", (event) => {
    event.preventDefault();
    look.zoom = clamp(look.zoom - Math.sign(event.deltaY) * 0.25);
    redraw();
  }, { passive: false });
  svg.addEventListener("keydown", (event) => {
    const way = ARROWS[event.key];
    if (!way) return;
    event.preventDefault();
    look.pin = [look.pin[0] + way[0] * STEP, look.pin[1] + way[1] * STEP];
    redraw();
  });
  return svg;
}

const size = (svg) => ({ w: svg.clientWidth || 360, h: svg.clientHeight || 300 });

function drawer(svg, look, figures) {
  return () => {
    const f = frame({ ...look, ...size(svg) });
    svg.setAttribute("viewBox", `0 0 ${f.w} ${f.h}`);
    svg.replaceChildren(...[ground(f), marker(...f.at(...look.pin))].flat(4).filter(Boolean));
    figures.textContent = `北纬 ${look.pin[0].toFixed(5)}，东经 ${look.pin[1].toFixed(5)}`;
  };
}

function jumps(look, redraw, name) {
  const shop = store.people.get(store.me)?.shop;
  const go = (spot, called) => () => {
    Object.assign(look, { lat: spot.lat, lon: spot.lon, pin: [spot.lat, spot.lon] });
    name.value = called;
    redraw();
  };
  const mine = shop?.lat ? [button({ class: "chip", on: { click: go(shop, shop.name) } }, `我的店 · ${shop.name}`)] : [];
  return [...mine, ...namedPlaces().slice(0, 6).map((spot) => button({ class: "chip", on: { click: go(spot, spot.name) } }, spot.name))];
}

/** Ask for a point; `send` gets {lat, lon, title}. */
export async function pickPin(send) {
  await loadSketch();
  const look = begin();
  const figures = h("output", { class: "figures", "aria-live": "polite" });
  const name = h("input", { type: "text", maxlength: "60", placeholder: "地点名称，可不填", "aria-label": "地点名称，可不填" });
  let redraw = () => {};
  const svg = surface(look, () => redraw());
  redraw = drawer(svg, look, figures);
  const zoom = (by) => () => { look.zoom = clamp(look.zoom + by); redraw(); };
  const ok = button({ class: "main", data: { act: "send-pin" } }, "发送定位");
  const { dialog, close } = sheet("选个位置",
    h("div", { class: "map-box" }, svg, h("div", { class: "zooms" },
      button({ class: "icon", "aria-label": "放大", on: { click: zoom(0.5) } }, icon("plus")),
      button({ class: "icon", "aria-label": "缩小", on: { click: zoom(-0.5) } }, icon("minus"))), figures),
    h("div", { class: "chips scroll" }, jumps(look, () => redraw(), name)),
    h("div", { class: "row" }, name, ok));
  ok.addEventListener("click", () => {
    close();
    send({ lat: Number(look.pin[0].toFixed(6)), lon: Number(look.pin[1].toFixed(6)), title: name.value.trim() });
  });
  const watch = new ResizeObserver(() => redraw());
  watch.observe(svg);
  dialog.addEventListener("close", () => watch.disconnect());
  svg.focus({ preventScroll: true, focusVisible: false });
}

/** A pin of a message, large, to look at. */
export async function showPin(location, title) {
  await loadSketch();
  const look = { lat: location.latitude, lon: location.longitude, zoom: 16.6, pin: [location.latitude, location.longitude] };
  const figures = h("output", { class: "figures" });
  let redraw = () => {};
  const svg = surface(look, () => { look.pin = [location.latitude, location.longitude]; redraw(); });
  redraw = drawer(svg, look, figures);
  const zoom = (by) => () => { look.zoom = clamp(look.zoom + by); redraw(); };
  const { dialog } = sheet(title || "定位", h("div", { class: "map-box tall" }, svg, h("div", { class: "zooms" },
    button({ class: "icon", "aria-label": "放大", on: { click: zoom(0.5) } }, icon("plus")),
    button({ class: "icon", "aria-label": "缩小", on: { click: zoom(-0.5) } }, icon("minus"))), figures));
  const watch = new ResizeObserver(() => redraw());
  watch.observe(svg);
  dialog.addEventListener("close", () => watch.disconnect());
}
