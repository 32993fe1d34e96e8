// Small maps drawn from the sketch of streets: no tiles, no network.
const NS = "http://www.w3.org/2000/svg";
let sketch = null;

export async function load() {
  sketch = await (await fetch("/play/sketch")).json();
}

export const center = () => sketch.center;

function node(name, attributes, text) {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text) made.textContent = text;
  return made;
}

// A view of `span` degrees of latitude around a point; gives the SVG and the way back from a click.
export function draw(lat, lon, { width = 240, height = 140, span = 0.0034, pin = true, radius = 0 } = {}) {
  const stretch = Math.cos((lat * Math.PI) / 180);
  const scale = height / span;
  const x = (l) => width / 2 + (l - lon) * stretch * scale;
  const y = (l) => height / 2 - (l - lat) * scale;
  const path = (line) => line.map(([a, o], i) => `${i ? "L" : "M"}${x(o).toFixed(1)} ${y(a).toFixed(1)}`).join("");
  const svg = node("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `地图 ${lat.toFixed(4)}, ${lon.toFixed(4)}` });
  svg.append(node("rect", { width, height, class: "land" }));
  for (const park of sketch.parks) svg.append(node("path", { d: `${path(park)}Z`, class: "park" }));
  for (const water of sketch.water) svg.append(node("path", { d: path(water), class: "water" }));
  for (const road of sketch.roads) svg.append(node("path", { d: path(road.line), class: "edge" }));
  for (const road of sketch.roads) svg.append(node("path", { d: path(road.line), class: road.main ? "road main" : "road" }));
  for (const road of sketch.roads) label(svg, road, x, y, width, height);
  for (const place of sketch.places) {
    const [px, py] = [x(place.at[1]), y(place.at[0])];
    if (px < 0 || px > width || py < 0 || py > height) continue;
    svg.append(node("circle", { cx: px, cy: py, r: 3, class: "spot" }), node("text", { x: px + 5, y: py - 5, class: "name" }, place.name));
  }
  if (radius) svg.append(node("circle", { cx: width / 2, cy: height / 2, r: (radius / 111320) * scale, class: "doubt" }));
  if (pin) svg.append(marker(width / 2, height / 2));
  return { svg, at: (px, py) => [lat - (py - height / 2) / scale, lon + (px - width / 2) / scale / stretch], x, y };
}

export function marker(px, py) {
  return node("path", { d: `M${px} ${py}c-3-9-9-12-9-19a9 9 0 0 1 18 0c0 7-6 10-9 19z`, class: "pinhead" });
}

function label(svg, road, x, y, width, height) {
  const along = road.line.map(([a, o]) => [x(o), y(a)]);
  const flat = Math.abs(along[0][1] - along.at(-1)[1]) < Math.abs(along[0][0] - along.at(-1)[0]);
  const [px, py] = flat ? [14, along[0][1] - 6] : [along[0][0] + 7, 16];
  if (px < 0 || px > width - 30 || py < 8 || py > height - 4) return;
  svg.append(node("text", { x: px, y: py, class: "name" }, road.name));
}
