// Nodes are made one by one; nothing that people wrote is ever parsed as HTML.

const SVG = "http://www.w3.org/2000/svg";

function fill(node, props, children) {
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "on") for (const [name, work] of Object.entries(value)) node.addEventListener(name, work);
    else if (key === "data") Object.assign(node.dataset, value);
    else if (key === "vars") for (const [name, amount] of Object.entries(value)) node.style.setProperty(name, amount);
    else if (key === "value") node.value = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return node;
}

/** An HTML element. `on` listens, `data` is the dataset, `vars` are CSS properties. */
export function h(tag, props, ...children) {
  return fill(document.createElement(tag), props, children);
}

/** An SVG element. */
export function s(tag, props, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

/** A button that never submits a form. */
export function button(props, ...children) {
  return h("button", { type: "button", ...props }, ...children);
}

/** Put children in place of what was there. */
export function put(node, ...children) {
  node.replaceChildren(...children.flat(3).filter(Boolean));
}

/** Draw anew inside `root`; if that takes away what had the focus, `next` says where the focus goes. */
export function keepFocus(root, next, draw) {
  const held = root.contains(document.activeElement) ? document.activeElement : null;
  const heir = held && next(held);
  draw();
  if (held && !held.isConnected) root.querySelector(heir)?.focus({ preventScroll: true });
}

/** A sheet from below on a phone, a dialog on a wide screen. Resolves nothing; `close()` ends it. */
export function sheet(title, ...content) {
  const close = () => { dialog.close(); };
  const cross = button({ class: "icon", "aria-label": "关闭", on: { click: close } }, icon("close"));
  const dialog = h("dialog", { class: "sheet", "aria-label": title },
    h("div", { class: "sheet-head" }, h("h2", {}, title), cross), ...content);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) close(); });
  document.body.append(dialog);
  dialog.showModal();
  return { dialog, close };
}

const STROKES = {
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  send: "M12 19V5M6 11l6-6 6 6",
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6L6 18",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  pin: "M12 21s-6.5-6.2-6.5-11a6.5 6.5 0 0 1 13 0c0 4.8-6.5 11-6.5 11zM12 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z",
  photo: "M4 6.500A1.5 1.5 0 0 1 5.5 5h13A1.5 1.5 0 0 1 20 6.500v11a1.5 1.5 0 0 1-1.5 1.500h-13A1.5 1.5 0 0 1 4 17.500zM4 16l4.5-4.5 3.5 3.5 3-3 5 5M15.5 9h.01",
  sample: "M5 8h14v11H5zM8 8V5h8v3M9 13l2 2 4-4",
  voice: "M12 15a3 3 0 0 0 3-3V7a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3zM6 11.500a6 6 0 0 0 12 0M12 17.500V21",
  file: "M7 4h7l4 4v12H7zM14 4v4h4",
  reply: "M10 7L5 12l5 5M5 12h9a5 5 0 0 1 5 5v1",
  edit: "M5 19h4L19 9l-4-4L5 15z",
  trash: "M5 7h14M9 7V5h6v2M7 7l1 12h8l1-12",
  forward: "M14 7l5 5-5 5M19 12h-9a5 5 0 0 0-5 5v1",
  play: "M8 5.500v13l10.5-6.500z",
  stop: "M7 7h10v10H7z",
  swap: "M7 8h11l-3-3M17 16H6l3 3",
  help: "M9.2 9.200a2.9 2.9 0 1 1 4.3 2.600c-1 .55-1.5 1.1-1.5 2.200M12 17.300h.01",
  down: "M6 10l6 6 6-6",
  check: "M5 12.500l4.5 4.500L19 7.5",
};

/** A line icon, 24 by 24. */
export function icon(name) {
  return s("svg", { class: "ico", viewBox: "0 0 24 24", "aria-hidden": "true" }, s("path", { d: STROKES[name] ?? "" }));
}
