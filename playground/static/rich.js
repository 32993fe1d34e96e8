// Text with entities (offsets in UTF-16 units, which is how JavaScript counts too) as nodes.
import { h } from "./dom.js";

const PLAIN = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const SAFE = /^(https?:|mailto:|tel:|tg:)/i;

function wrap(entity, children) {
  if (PLAIN[entity.type]) return h(PLAIN[entity.type], {}, children);
  if (entity.type === "spoiler") return h("span", { class: "spoiler", tabindex: "0" }, children);
  if (entity.type === "text_link" && SAFE.test(entity.url ?? "")) {
    return h("a", { href: entity.url, target: "_blank", rel: "noopener noreferrer" }, children);
  }
  return h("span", {}, children);
}

function nodes(text, entities, from, to) {
  const out = [];
  let at = from;
  let rest = entities;
  while (rest.length) {
    const [first, ...others] = rest;
    const start = Math.max(first.offset, at);
    const end = Math.min(first.offset + first.length, to);
    if (end <= start) { rest = others; continue; }
    if (start > at) out.push(text.slice(at, start));
    const inside = others.filter((entity) => entity.offset < end);
    out.push(wrap(first, nodes(text, inside, start, end)));
    at = end;
    rest = others.filter((entity) => entity.offset >= end);
  }
  if (at < to) out.push(text.slice(at, to));
  return out;
}

/** Nodes for a text; entities that reach out of their parent are cut. */
export function rich(text, entities) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nodes(text, sorted, 0, text.length);
}
