// Sample pictures of the street, drawn here so that nothing needs to be shipped or fetched.
import { s } from "./dom.js";

const W = 800;
const H = 600;
const r = (x, y, width, height, fill, more = {}) => s("rect", { x, y, width, height, fill, ...more });
const c = (cx, cy, radius, fill) => s("circle", { cx, cy, r: radius, fill });
const p = (d, fill, more = {}) => s("path", { d, fill, ...more });

function shop(x, width, wall, sign, awning) {
  const stripes = Array.from({ length: Math.floor(width / 34) }, (_, i) => p(
    `M${x + i * 34 + 4} 232h30l4 44h-34z`, i % 2 ? "#f6efe2" : awning));
  return [r(x, 90, width, 300, wall), r(x + 12, 178, width - 24, 48, sign, { rx: 4 }),
    ...[0, 1, 2, 3].map((i) => r(x + width / 2 - 62 + i * 34, 190, 22, 24, "#fff7e6", { opacity: 0.92, rx: 3 })),
    r(x + 22, 276, width - 44, 114, "#38454d"), r(x + 30, 284, (width - 68) / 2, 98, "#9fc2c9", { opacity: 0.85 }),
    r(x + 38 + (width - 68) / 2, 284, (width - 68) / 2, 106, "#c7dcd8", { opacity: 0.75 }), ...stripes,
    ...[0, 1, 2].map((i) => r(x + 26 + i * ((width - 40) / 3), 112, 44, 42, "#7f97a3", { rx: 3, opacity: 0.7 }))];
}

function street(wet = false) {
  return [
    r(0, 0, W, 230, "#cfe0ea"), r(0, 60, W, 60, "#dde8ec"), ...shop(-30, 270, "#d9b38c", "#a8372e", "#c5533f"),
    ...shop(236, 286, "#cfc6b4", "#1f6f62", "#2f8a76"), ...shop(520, 310, "#dcc4a5", "#2d5587", "#3f6fa8"),
    r(0, 388, W, 64, "#c9c2b6"), ...Array.from({ length: 14 }, (_, i) => p(`M${i * 62 - 20} 388l-18 64`, "none", { stroke: "#b4ab9d", "stroke-width": 2 })),
    r(0, 450, W, 10, "#a39b8e"), r(0, 460, W, 140, wet ? "#6d747a" : "#7c8085"),
    ...[20, 240, 460, 680].map((x) => r(x, 528, 120, 9, "#eef0ec", { opacity: 0.85 })),
    r(86, 300, 12, 150, "#6b4f3a"), c(92, 258, 62, "#5d8f5a"), c(60, 286, 42, "#6a9d64"), c(128, 290, 44, "#548451"),
  ];
}

const FRUIT = ["#e58a2b", "#d8432f", "#e9b93a", "#7fae3f"];

function crates() {
  return [0, 1, 2, 3].flatMap((k) => [r(300 + k * 92, 440, 84, 44, "#b98a52", { rx: 4 }), r(300 + k * 92, 456, 84, 5, "#8f6636"),
    ...Array.from({ length: 10 }, (_, i) => c(311 + k * 92 + (i % 5) * 15.5, 438 - Math.floor(i / 5) * 12, 9.5, FRUIT[k]))]);
}

function truck() {
  return [p("M290 500h380v-128h-250v70h-130z", "#3a6ea5"), r(420, 330, 250, 46, "#4b80b8"), p("M290 442v-54q0-18 18-18h84q10 0 10 12v60z", "#325f90"),
    p("M304 436v-40q0-12 12-12h58v52z", "#bcd9e4"), ...Array.from({ length: 26 }, (_, i) => c(432 + (i % 13) * 18.5, 324 - Math.floor(i / 13) * 15, 11, FRUIT[i % 3])),
    c(360, 504, 34, "#23282c"), c(360, 504, 14, "#aeb6ba"), c(600, 504, 34, "#23282c"), c(600, 504, 14, "#aeb6ba"), r(286, 470, 14, 14, "#f5d76a", { rx: 3 }),
    p("M690 500V300", "none", { stroke: "#777", "stroke-width": 6 }), p("M580 304q110-96 220 0z", "#cf4a3c"), p("M654 304q36-88 72 0z", "#f4ead6")];
}

function cone(x) {
  return [p(`M${x} 498l16-58h12l16 58z`, "#e0672f"), p(`M${x + 9} 470h26l4 14h-34z`, "#f4f1ea"), r(x - 8, 496, 60, 9, "#c9531f", { rx: 3 })];
}

function cover() {
  return [r(0, 0, W, H, "#80858a"), ...Array.from({ length: 90 }, (_, i) => c((i * 97) % W, (i * 61) % H, 2 + (i % 3), i % 2 ? "#757a7f" : "#8d9297")),
    p("M0 470l800-70v14l-800 70z", "#e9e9e2", { opacity: 0.8 }), s("ellipse", { cx: 420, cy: 300, rx: 196, ry: 132, fill: "#2a2d30" }),
    s("ellipse", { cx: 420, cy: 300, rx: 178, ry: 118, fill: "#141618" }), s("g", { transform: "translate(356 262) rotate(-9)" },
      s("ellipse", { rx: 182, ry: 118, cy: 12, fill: "#3d4145" }), s("ellipse", { rx: 182, ry: 118, fill: "#5a6065" }),
      s("ellipse", { rx: 158, ry: 100, fill: "none", stroke: "#474c50", "stroke-width": 7 }),
      ...[-96, -48, 0, 48, 96].flatMap((x) => [-48, 0, 48].map((y) => r(x - 16, y - 9, 32, 18, "#464b4f", { rx: 5 })))),
    p("M590 420l70 60 40-16 60 66", "none", { stroke: "#5e6266", "stroke-width": 5 })];
}

function bag(x, y, tone) {
  return [p(`M${x} ${y}q-16-62 22-78q6-18 2-30q14 10 28 0q-4 14 4 30q40 18 22 78z`, tone), p(`M${x + 18} ${y - 70}q10 26 4 60`, "none", { stroke: "#ffffff", "stroke-width": 3, opacity: 0.25 })];
}

function rubbish() {
  const bin = (x, tone) => [p(`M${x} 330h110l-12 150h-86z`, tone), r(x - 8, 312, 126, 22, tone, { rx: 6 }), r(x + 36, 372, 38, 38, "#ffffff", { opacity: 0.75, rx: 6 })];
  return [...street(true), ...bin(330, "#2f7a4f"), ...bin(460, "#4a5b66"), ...bag(296, 506, "#2b2f33"), ...bag(440, 520, "#3a3f45"), ...bag(566, 500, "#23272b"),
    ...bag(620, 524, "#5a3f35"), r(380, 500, 60, 34, "#c49a62", { transform: "rotate(-8 410 517)" }), r(520, 520, 70, 26, "#d7c9a5", { transform: "rotate(6 555 533)" }),
    c(250, 532, 12, "#d85b3f"), r(680, 536, 34, 12, "#e4ded0", { rx: 4 })];
}

export const SAMPLES = [
  { key: "fruit", name: "占道水果摊", parts: () => [...street(), ...truck(), ...crates()] },
  { key: "cleared", name: "清理后的路面", parts: () => [...street(), ...cone(150), ...cone(700), ...[0, 1, 2, 3].map((i) => p(`M${300 + i * 70} 470l26-26h30l-26 26z`, "#f1efe6", { opacity: 0.5 }))] },
  { key: "cover", name: "松动的井盖", parts: cover },
  { key: "rubbish", name: "垃圾满溢", parts: rubbish },
].map((one) => ({ ...one, draw: () => s("svg", { viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": one.name }, one.parts()) }));

/** A sample as a PNG file of 800 by 600. */
export async function paint(sample) {
  const svg = sample.draw();
  svg.setAttribute("width", W);
  svg.setAttribute("height", H);
  const url = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" }));
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: W, height: H });
  canvas.getContext("2d").drawImage(image, 0, 0);
  URL.revokeObjectURL(url);
  const blob = await new Promise((done) => { canvas.toBlob(done, "image/png"); });
  return new File([blob], `${sample.name}.png`, { type: "image/png" });
}
