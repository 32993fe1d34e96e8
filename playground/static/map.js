// Maps drawn from the sketch of streets that the demonstration ships; tiles only where they are configured.
import { s } from "./dom.js";
import { store } from "./store.js";

const TILE = 256;
const SMALL = { zoom: 16.2, w: 252, h: 136 };
const STEPS = [0.2, 0.8, 0.36, 0.64, 0.08, 0.92];
const SIGN = 12;
let sketch = null;

/** Fetch the sketch once. */
export async function loadSketch() {
  sketch ??= await (await fetch("/play/sketch")).json();
  store.centre = sketch.center;
  return sketch;
}

export function namedPlaces() {
  return (sketch?.places ?? []).map(({ name, at: [lat, lon] }) => ({ name, lat, lon }));
}

const north = (lat) => (Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) * 180) / Math.PI;
const south = (y) => (Math.atan(Math.exp((y * Math.PI) / 180)) * 360) / Math.PI - 90;

/** A view of `w` by `h` pixels around a point: where a position lies in it, and which position lies at a pixel. */
export function frame({ lat, lon, zoom, w, h }) {
  const scale = (TILE * 2 ** zoom) / 360;
  return {
    lat, lon, zoom, w, h, metre: scale / (111320 * Math.cos((lat * Math.PI) / 180)),
    at: (a, o) => [w / 2 + (o - lon) * scale, h / 2 - (north(a) - north(lat)) * scale],
    back: (x, y) => [south(north(lat) - (y - h / 2) / scale), lon + (x - w / 2) / scale],
  };
}

const path = (f, line) => line.map(([lat, lon], i) => `${i ? "L" : "M"}${f.at(lat, lon).map((n) => n.toFixed(1)).join(" ")}`).join("");
const shape = (f, name, rings) => rings.map((ring) => s("path", { class: name, d: `${path(f, ring)}Z` }));

/** Everything below the pin. */
export function ground(f) {
  if (store.tiles) return [s("rect", { class: "m-ground", width: f.w, height: f.h }), tiles(f)];
  const thick = 2 ** (f.zoom - 16);
  const roads = [...sketch.roads].sort((a, b) => a.main - b.main);
  const wide = (road) => (road.main ? 11 : 7) * thick;
  return [
    s("rect", { class: "m-ground", width: f.w, height: f.h }),
    shape(f, "m-building", sketch.buildings), shape(f, "m-park", sketch.parks), shape(f, "m-square", sketch.squares),
    sketch.water.map((line) => s("path", { class: "m-river", d: path(f, line), "stroke-width": 16 * thick })),
    roads.map((road) => s("path", { class: "m-case", d: path(f, road.line), "stroke-width": wide(road) + 2 })),
    roads.map((road) => s("path", { class: road.main ? "m-road r1" : "m-road", d: path(f, road.line), "stroke-width": wide(road) })),
    labels(f),
  ];
}

function tiles(f) {
  const z = Math.round(f.zoom);
  const size = TILE * 2 ** (f.zoom - z);
  const left = ((f.lon + 180) / 360) * 2 ** z - f.w / 2 / size;
  const top = ((180 - north(f.lat)) / 360) * 2 ** z - f.h / 2 / size;
  const out = [];
  for (let x = Math.floor(left); (x - left) * size < f.w; x += 1) {
    for (let y = Math.floor(top); (y - top) * size < f.h; y += 1) {
      const href = store.tiles.replace("{z}", z).replace("{x}", x).replace("{y}", y);
      out.push(s("image", { href, x: (x - left) * size, y: (y - top) * size, width: size, height: size }));
    }
  }
  return out;
}

/** Names, each where it covers neither another name nor the pin in the middle. */
function labels(f) {
  const taken = [[f.w / 2 - 16, f.h / 2 - 36, f.w / 2 + 16, f.h / 2 + 8]];
  const free = ([l, t, r, b]) => l > 2 && t > 2 && r < f.w - 2 && b < f.h - 2 && taken.every(([L, T, R, B]) => r < L || l > R || b < T || t > B);
  const places = sketch.places.map((place) => spot(f, place, free, taken));
  return [places, sketch.roads.map((road) => roadName(f, road, free, taken))];
}

function spot(f, { name, at, kind }, free, taken) {
  const [x, y] = f.at(...at);
  const half = (name.length * SIGN) / 2;
  const box = [x - half, y - 5, x + half, y + 21];
  if (!free(box)) return null;
  taken.push(box);
  return s("g", { class: `m-place ${kind ?? ""}` }, s("circle", { cx: x, cy: y, r: 4 }), s("text", { x, y: y + 16 }, name));
}

function roadName(f, road, free, taken) {
  const points = road.line.map(([lat, lon]) => f.at(lat, lon));
  const upright = Math.abs(points.at(-1)[1] - points[0][1]) > Math.abs(points.at(-1)[0] - points[0][0]);
  const [long, short] = [(road.name.length * SIGN) / 2, 8];
  for (const share of STEPS) {
    const [x, y] = crossing(points, upright ? 1 : 0, share * (upright ? f.h : f.w));
    const box = upright ? [x - short, y - long, x + short, y + long] : [x - long, y - short, x + long, y + short];
    if (Number.isNaN(x + y) || !free(box)) continue;
    taken.push(box);
    return s("text", upright ? { x, y, class: "upright" } : { x, y: y + 4 }, road.name);
  }
  return null;
}

/** Where a line crosses `value` of one axis. */
function crossing(points, axis, value) {
  for (let i = 1; i < points.length; i += 1) {
    const [from, to] = [points[i - 1], points[i]];
    const share = (value - from[axis]) / (to[axis] - from[axis]);
    if (share >= 0 && share <= 1) return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
  }
  return [NaN, NaN];
}

/** The pin, its tip at a place. */
export function marker(x, y) {
  return s("g", { class: "m-pin" }, s("ellipse", { class: "m-shade", cx: x, cy: y, rx: 7, ry: 2.6 }),
    s("path", { d: `M${x} ${y}c-4-9-11-12-11-20a11 11 0 0 1 22 0c0 8-7 11-11 20z` }), s("circle", { class: "m-eye", cx: x, cy: y - 20, r: 4 }));
}

/** A small map around a location of a message. */
export function smallMap({ latitude: lat, longitude: lon, horizontal_accuracy: radius = 0 }) {
  const f = frame({ lat, lon, ...SMALL });
  const doubt = radius ? s("circle", { class: "m-radius", cx: f.w / 2, cy: f.h / 2, r: radius * f.metre }) : null;
  return s("svg", { class: "map", viewBox: `0 0 ${f.w} ${f.h}`, role: "img", "aria-label": "小地图" }, ground(f), doubt, marker(f.w / 2, f.h / 2));
}
