/* What the script of maps asks of a browser, for an engine that is none (maps.py): elements, widths of
   letters and their families, whether a point lies in a shape, files, which are put into FILES, and React, by its name alone. */
var window = globalThis, FILES = {}, ADVANCES = {}, FAMILY = "";
var React = { Component: class {} };
const SIGNS = { "&": "&amp;", "<": "&lt;", '"': "&quot;" };
const safe = (text) => String(text).replace(/[&<"]/g, (sign) => SIGNS[sign]);
class Node_ {
  constructor(name) { this.name = name; this.attributes = {}; this.children = []; }
  setAttribute(key, value) { this.attributes[key] = String(value); }
  append(...more) { this.children.push(...more); }
  toString() {
    const said = Object.entries(this.attributes).map(([key, value]) => ` ${key}="${safe(value)}"`);
    const written = (child) => (child instanceof Node_ ? String(child) : safe(child));
    const inside = this.children.map(written);
    return `<${this.name}${said.join("")}>${inside.join("")}</${this.name}>`;
  }
}
var Path2D = class {
  constructor() { this.rings = []; }
  moveTo(x, y) { this.rings.push([[x, y]]); }
  lineTo(x, y) { this.rings.at(-1).push([x, y]); }
  closePath() {}
};
const crosses = (x, y) => ([left, top], index, ring) => {
  const [right, bottom] = ring[(index + 1) % ring.length];
  return (top > y) !== (bottom > y) && x < (right - left) * (y - top) / (bottom - top) + left;
};
const pen = {
  font: "", letterSpacing: "0px",
  isPointInPath({ rings }, x, y) {
    return rings.flatMap((ring) => ring.filter(crosses(x, y))).length % 2 === 1;
  },
  measureText(text) {
    const size = parseFloat(/([\d.]+)px/.exec(this.font)[1]);
    let wide = 0;
    for (const letter of text) wide += ADVANCES[letter] ?? 0.55;
    return { width: wide * size + (parseFloat(this.letterSpacing) || 0) * text.length };
  },
};
var document = {
  createElementNS: (_, name) => new Node_(name), createElement: () => ({ getContext: () => pen }),
  fonts: { check: () => true, load: async () => [] },
};
var getComputedStyle = () => ({ getPropertyValue: () => FAMILY });
var fetch = async (address) => {
  const file = address.split("/").pop().split("?")[0];
  const ok = file in FILES;
  return { ok: ok, status: ok ? 200 : 404, json: async () => JSON.parse(FILES[file]) };
};

/* Where a map of areas looks so that its legend covers none of them: beside that, as far as it is lower
   than the map; null for where it looks by itself. A page can be moved, and a picture cannot. */
function besideLegend(description, { width, height, narrow }) {
  const room = { width: width, height: height - map.foot(description, width, narrow).height };
  const [legend] = map.legendBox(description, room);
  if (!legend || !description.layers.some(({ kind }) => kind === "areas")) return null;
  const left = legend.x + legend.width;
  const view = map.home(description, { ...room, width: width - left }, narrow);
  return { ...view, x: view.x + left };
}
