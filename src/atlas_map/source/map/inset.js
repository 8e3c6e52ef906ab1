/* The inset of a map of flows: the country at a scale of its own, below the map. What lies inside it is drawn
   there, and what crosses its border on the map, for as long as that looks from afar. */
import { map } from "./map.js";

const TITLE = 20;
map.INSET_TITLE = TITLE;
/* Pixels of the inset; it is higher than wide. */
const SIZE = { width: 214, height: 290 };
/* A map this close to the scale of the inset shows all that the inset does. */
const CLOSE = 0.75;
const parted = new WeakMap();

/* A description as the map shows it above an inset, and as the inset does: {far, near}. */
map.partsOf = function (description) {
  if (!parted.has(description)) parted.set(description, parts(description));
  return parted.get(description);
};

function parts(description) {
  const layerOf = (kind) => description.layers.find((layer) => layer.kind === kind);
  const home = new Set(layerOf("nodes").nodes.filter((node) => node.home).map(({ code }) => code));
  const isInside = ({ ends }) => ends.every((code) => home.has(code));
  const changed = (lines, places, isNamed) => ({
    ...description, labels: description.labels.filter(isNamed),
    layers: [{ ...layerOf("flows"), flows: lines }, { ...layerOf("nodes"), nodes: places }],
  });
  const { flows } = layerOf("flows");
  const { nodes } = layerOf("nodes");
  const dotted = (node) => (node.home ? { ...node, radii: [0, 0], lit: isLit(node), edges: [] } : node);
  const shortened = (flow) => ({ ...flow, radii: flow.radii.map((radius, i) => (home.has(flow.ends[i]) ? 3 : radius)) });
  return {
    far: changed(flows.filter((flow) => !isInside(flow)).map(shortened), nodes.map(dotted), ({ code }) => !home.has(code)),
    near: changed(flows.filter(isInside), nodes.filter((node) => node.home), ({ code }) => home.has(code)),
  };
}

const isLit = ({ radii }) => radii.some(Boolean);

/* What the inset looks at, with its size: {width, height, view}; null for a description without one. */
map.insetOf = function ({ inset }) {
  if (!inset) return null;
  const { k, x, y } = map.fit(inset.box, { width: SIZE.width, height: SIZE.height - TITLE });
  return { ...SIZE, view: { k: k, x: x, y: y + TITLE } };
};

/* Whether a map is as close as its inset. */
map.isAsClose = (view, inset) => view.k >= CLOSE * inset.view.k;

/* Whether two boxes, given by their left upper corner, have anything in common. */
map.meet = (one, other) => one.x < other.x + other.width && other.x < one.x + one.width
  && one.y < other.y + other.height && other.y < one.y + one.height;

/* Its frame and its name, over what is drawn in it. */
map.insetFrame = function ({ inset: { title }, inks }, { width, height }) {
  const font = map.FONTS.title;
  return [
    { mark: "box", x: 0, y: 0, width: map.widthOf(title, font) + 16, height: TITLE, radius: 3, fill: inks.panel },
    map.textMark(title, font, 8, TITLE / 2, inks.text),
    { mark: "box", x: 0.5, y: 0.5, width: width - 1, height: height - 1, radius: 3, line: inks.borders, wide: 1 },
  ];
};
