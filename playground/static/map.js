// Small maps drawn from the sketch of streets (WGS-84), or from tiles where the server names some.
import { s } from "./dom.js";
import { store } from "./store.js";
import { get } from "./wire.js";

const WIDTH = { 1: 13, 2: 10, 3: 6 };
const sketch = { features: [], ready: null };

/** Fetch the sketch once. */
export function loadSketch() {
  sketch.ready ??= get("/play/sketch").then((found) => { sketch.features = found.features; }).catch(() => { sketch.ready = null; });
  return sketch.ready;
}

/** Pixels of the whole world's square at a zoom (Web Mercator, 256 at zoom 0). */
function world(lat, lon, zoom) {
  const size = 256 * 2 ** zoom;
  const sin = Math.sin((lat * Math.PI) / 180);
  return [((lon + 180) / 360) * size, (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * size];
}

/** Where a pixel of the world's square lies. */
function place(x, y, zoom) {
  const size = 256 * 2 ** zoom;
  const lat = (2 * Math.atan(Math.exp((0.5 - y / size) * 2 * Math.PI)) - Math.PI / 2) * (180 / Math.PI);
  return [lat, (x / size) * 360 - 180];
}

/** A frame: turns places into pixels of a picture of `w` by `h` and back. */
export function frame({ lat, lon, zoom, w, h }) {
  const [cx, cy] = world(lat, lon, zoom);
  return {
    lat, lon, zoom, w, h, left: cx - w / 2, top: cy - h / 2,
    metre: (256 * 2 ** zoom) / (40_075_017 * Math.cos((lat * Math.PI) / 180)),
    at: (la, lo) => { const [x, y] = world(la, lo, zoom); return [x - cx + w / 2, y - cy + h / 2]; },
    back: (x, y) => place(x + cx - w / 2, y + cy - h / 2, zoom),
  };
}

const line = (points) => points.map(([x, y], i) => `${i ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
const inside = (f, [x, y], rim = 0) => x > -rim && y > -rim && x < f.w + rim && y < f.h + rim;

function areas(f) {
  return sketch.features.filter((one) => one.geometry.type === "Polygon").map((one) => {
    const points = one.geometry.coordinates[0].map(([lon, lat]) => f.at(lat, lon));
    const xs = points.map((p) => p[0]);
    const ys = points.map((p) => p[1]);
    const far = Math.max(...xs) < 0 || Math.min(...xs) > f.w || Math.max(...ys) < 0 || Math.min(...ys) > f.h;
    return far ? null : s("path", { class: `m-${one.properties.kind}`, d: `${line(points)}Z` });
  });
}

function roads(f) {
  const scale = Math.min(1.25, Math.max(0.35, 2 ** (f.zoom - 17)));
  const all = sketch.features.filter((one) => one.properties.kind === "road").sort((a, b) => b.properties.rank - a.properties.rank);
  const paths = all.map((one) => [line(one.geometry.coordinates.map(([lon, lat]) => f.at(lat, lon))), one.properties.rank]);
  const draw = (kind, more) => paths.map(([d, rank]) =>
    s("path", { class: `${kind} r${rank}`, d, "stroke-width": (WIDTH[rank] * scale + more).toFixed(1) }));
  return [draw("m-case", 2), draw("m-road", 0), names(f, all)];
}

/** A road's name where it is nearest to the middle; on a road that runs north the signs stand one below the other. */
function names(f, all) {
  const taken = [];
  return all.filter((one) => one.properties.name).reverse().map((one) => {
    const spots = samples(one.geometry.coordinates.map(([lon, lat]) => f.at(lat, lon)));
    const { name } = one.properties;
    for (const [x, y, steep] of spots.sort((a, b) => Math.hypot(a[0] - f.w / 2, a[1] - f.h / 2) - Math.hypot(b[0] - f.w / 2, b[1] - f.h / 2))) {
      const half = name.length * 6 + 3;
      const box = steep ? [x - 8, y - half, x + 8, y + half] : [x - half, y - 8, x + half, y + 8];
      const room = box[0] > 2 && box[1] > 2 && box[2] < f.w - 2 && box[3] < f.h - 2;
      const hidesPin = Math.abs(x - f.w / 2) < half && y > f.h / 2 - 46 && y < f.h / 2 + 12;
      if (!room || hidesPin || taken.some((t) => t[0] < box[2] && t[2] > box[0] && t[1] < box[3] && t[3] > box[1])) continue;
      taken.push(box);
      if (!steep) return s("text", { class: "m-name", x, y: y + 4 }, name);
      return s("text", { class: "m-name", x }, [...name].map((sign, i) => s("tspan", { x, y: y - half + 13 + i * 12 }, sign)));
    }
    return null;
  });
}

function samples(points) {
  const out = [];
  for (let i = 1; i < points.length; i += 1) {
    const [[ax, ay], [bx, by]] = [points[i - 1], points[i]];
    const steps = Math.max(1, Math.round(Math.hypot(bx - ax, by - ay) / 14));
    for (let k = 0; k < steps; k += 1) out.push([ax + ((bx - ax) * k) / steps, ay + ((by - ay) * k) / steps, Math.abs(by - ay) > Math.abs(bx - ax)]);
  }
  return out;
}

function places(f) {
  if (f.zoom < 15.4) return null;
  return sketch.features.filter((one) => one.properties.kind === "place").map((one) => {
    const [lon, lat] = one.geometry.coordinates;
    const [x, y] = f.at(lat, lon);
    const close = Math.hypot(x - f.w / 2, y - f.h / 2) < 26;
    if (!inside(f, [x, y]) || close) return null;
    const label = x > 30 && x < f.w - 30 && y > 8 && y < f.h - 20;
    return s("g", { class: `m-place ${one.properties.icon}` }, s("circle", { cx: x, cy: y, r: 4 }),
      label ? s("text", { x, y: y + 17 }, one.properties.name) : null);
  });
}

function tiles(f) {
  const zoom = Math.round(f.zoom);
  const scale = 2 ** (f.zoom - zoom);
  const size = 256 * scale;
  const out = [];
  for (let x = Math.floor(f.left / size); x * size < f.left + f.w; x += 1) {
    for (let y = Math.floor(f.top / size); y * size < f.top + f.h; y += 1) {
      const href = store.tiles.replace("{z}", zoom).replace("{x}", x).replace("{y}", y);
      out.push(s("image", { href, x: x * size - f.left, y: y * size - f.top, width: size + 0.5, height: size + 0.5 }));
    }
  }
  return out;
}

/** The pin itself, its point at x, y. */
export function marker(x, y, radius = 0) {
  return s("g", { class: "m-pin" },
    radius > 3 ? s("circle", { class: "m-radius", cx: x, cy: y, r: radius }) : null,
    s("ellipse", { class: "m-shade", cx: x, cy: y, rx: 6, ry: 2.5 }),
    s("path", { d: `M${x} ${y}c-3-7-11-11-11-19a11 11 0 0 1 22 0c0 8-8 12-11 19z` }),
    s("circle", { class: "m-eye", cx: x, cy: y - 19, r: 4 }));
}

/** The ground of a map as children for an svg. */
export function ground(f) {
  const base = s("rect", { class: "m-ground", width: f.w, height: f.h });
  return store.tiles ? [base, tiles(f)] : [base, areas(f), roads(f), places(f)];
}

/** A small map around a point, as it stands in a bubble. */
export function smallMap(location, w = 252, h = 138) {
  const { latitude: lat, longitude: lon, horizontal_accuracy: radius = 0 } = location;
  const svg = s("svg", { class: "map", viewBox: `0 0 ${w} ${h}`, role: "img", "aria-label": `地图，北纬 ${lat.toFixed(5)}，东经 ${lon.toFixed(5)}` });
  const draw = () => {
    const f = frame({ lat, lon, zoom: 16.6, w, h });
    svg.replaceChildren(...[ground(f), marker(w / 2, h / 2, radius * f.metre)].flat(4).filter(Boolean));
  };
  draw();
  if (!sketch.features.length) loadSketch()?.then(draw);
  return svg;
}

/** Named places of the sketch, for quick choice. */
export function namedPlaces() {
  return sketch.features.filter((one) => one.properties.kind === "place")
    .map((one) => ({ name: one.properties.name, lat: one.geometry.coordinates[1], lon: one.geometry.coordinates[0] }));
}
