/* The drawing of a map: a list of marks in pixels, the same for the canvas of the screen and for SVG.
   What is drawn is said by the description (figures/map_description.py); what is added is the ground,
   where it stands on one. */
import { map } from "./map.js";

const DISPUTED = [3, 2];
const RING = { apart: 3.5, wide: 2 };
/* Room of the buttons in the upper right corner of a map on a page. */
const BUTTONS = { width: 58, height: 138 };
const BUTTONS_NARROW = { width: 64, height: 194 };
/* Pixels between a panel and the right side of a room. */
const PANEL = 18;
/* Dots where nobody reports: pixels from one to the next, and their radius. */
map.DOTS = { apart: 6, radius: 1.1 };

/* The drawing in a room: {width, height, room, view, inside, outside, main, inset, rows, labels,
   panels}, where the marks inside are cut off at the room of the map and those outside stand below it.
   `main` is what of the description the map shows, `inset` where the rest is shown and {description}
   what, or null; `rows` are those of its margin, `labels` and `panels` the boxes of names and of what
   covers the map.
   view: where it looks; none is the box of the description. isStill: it has no buttons, and nobody moves it. */
map.drawing = function (description, { width, height, narrow, view, pointed, isStill }) {
  const foot = map.foot(description, width, narrow, pointed);
  const room = { width: width, height: Math.max(1, height - foot.height) };
  const seen = view || map.home(description, room, narrow);
  const above = covering(description, room, narrow, isStill);
  const below = foot.at(room.height);
  const corner = map.besideIn(description, room);
  const frame = corner || below.inset;
  const { far, near } = parted(description, corner, below.inset);
  const shown = below.inset && !map.isAsClose(seen, below.inset) ? far : description;
  const panels = corner ? [...above.boxes, corner] : above.boxes;
  const main = contents(shown, seen, room, pointed, panels, isStill);
  const inset = insetAt(frame, near, pointed, corner ? map.besideFrame : map.insetFrame);
  const [cornered, under] = corner ? [inset.marks, []] : [[], inset.marks];
  return {
    width: width, height: height, room: room, view: seen, main: shown, panels: panels,
    inset: frame && { ...frame, description: near },
    rows: below.rows,
    labels: [...main.labels, ...inset.labels],
    inside: [...main.marks, ...cornered, ...above.marks],
    outside: [...under, ...below.marks],
  };
};

/* What of a description the map shows beside a frame, and what the frame does: a corner has the nation
   around a home, what stands below a map of flows has what lies inside the country. */
function parted(description, corner, below) {
  if (corner) return { near: description.beside };
  return below ? map.partsOf(description) : {};
}

/* How high a room is at least in which the panel of tiles stands above their legend. */
map.heightBeside = function (description) {
  const high = map.panelHeight(description);
  const [legend] = map.legendBox(description, { width: 0, height: 0 });
  return high ? 2 * PANEL + high - (legend?.y ?? 0) : 0;
};

/* What lies above the map of a room: {boxes, marks}; of a map of flows only the buttons. */
function covering(description, room, narrow, isStill) {
  const size = narrow ? BUTTONS_NARROW : BUTTONS;
  const buttons = description.ground && !isStill ? [{ x: room.width - size.width, y: 0, ...size }] : [];
  if (narrow) return { boxes: buttons, marks: [] };
  const legend = description.margin ? [] : map.legendBox(description, room);
  const panel = besideTiles(description, legend[0]?.y ?? room.height, room);
  return {
    boxes: [...legend.slice(0, 1), ...(panel ? [panel.box] : []), ...buttons],
    marks: [...legend, ...(panel?.marks || [])],
  };
}

/* The panel of tiles, on the right side of a room, in the middle of what the legend leaves above
   ``bottom``: {box, marks}; null of other maps. */
function besideTiles(description, bottom, room) {
  const [wide, high] = [map.panelWidth(description), map.panelHeight(description)];
  if (!wide) return null;
  const box = { x: room.width - wide - PANEL, y: Math.max(PANEL, (bottom - high) / 2), width: wide, height: high };
  return { box: { ...box, isBesideTiles: true }, marks: map.panelMarks(description, box.x, box.y, wide) };
}

/* The inset in its frame: {labels, marks}, labels by their place in the room. */
function insetAt(frame, description, pointed, framed) {
  if (!frame) return { labels: [], marks: [] };
  const title = { x: 0, y: 0, width: frame.width, height: map.INSET_TITLE };
  const { labels, marks } = contents(description, frame.view, frame, pointed, [title], true);
  return {
    labels: labels.map((label) => ({ ...label, x: label.x + frame.x, y: label.y + frame.y })),
    marks: [{ mark: "inset", ...frame, marks: [...marks, ...framed(description, frame)] }],
  };
}

/* What is seen of a description in a room that starts at its left upper corner: {marks, labels}. */
function contents(description, view, room, pointed, panels, isStill) {
  const panel = panels.find(({ isBesideTiles }) => isBesideTiles);
  const free = panel ? { ...room, width: panel.x } : room;
  const drawn = (layers) => layers.flatMap((layer) => LAYERS[layer.kind](layer, view, free, description.inks));
  const labels = description.ground ? map.labelsIn(description, view, room, panels, isStill) : [];
  return {
    labels: labels,
    marks: [
      ...(description.ground ? ground(description, view, room) : [{ mark: "box", x: 0, y: 0, width: room.width, height: room.height, fill: description.inks.surface }]),
      ...drawn(description.layers.filter((layer) => layer.boundaries)),
      ...(description.ground ? borders(description.inks, view, room) : []),
      ...drawn(description.layers.filter((layer) => !layer.boundaries)),
      ...highlight(description, pointed, view),
      ...map.labelMarks(description, labels),
    ],
  };
}

const seenIn = (shapes, view, room) => [...shapes].filter((shape) => map.isSeen(shape.bounds, view, room));
const groundIn = (layer, view, room) => seenIn(map.ground(layer, view, room), view, room);
const filled = (shape, fill) => ({ mark: "shape", shape: shape, fill: fill });
const lined = (shape, line, wide, dash) => ({ mark: "shape", shape: shape, line: line, wide: wide, dash: dash });

function ground({ inks, country }, view, room) {
  const divisions = seenIn(map.shapes("adm1").values(), view, room);
  return [
    { mark: "box", x: 0, y: 0, width: room.width, height: room.height, fill: inks.sea },
    ...groundIn("countries", view, room).filter(({ code }) => code !== country).map((shape) => filled(shape, inks.land)),
    ...divisions.map((shape) => filled(shape, inks.land)),
    ...groundIn("lakes", view, room).map((shape) => filled(shape, inks.sea)),
    ...divisions.map((shape) => lined(shape, inks.divisions, 0.6)),
  ];
}

const borders = (inks, view, room) => groundIn("borders", view, room)
  .map((shape) => lined(shape, inks.borders, 1, shape.kind === "disputed" ? DISPUTED : null));

/* How each kind of layer is drawn. */
const LAYERS = {
  areas({ boundaries, classes, areas }, view, room) {
    const shapes = map.shapes(boundaries);
    return areas.flatMap((area) => {
      const shape = shapes.get(area.code);
      if (!shape || !map.isSeen(shape.bounds, view, room)) return [];
      const look = classes[area.class];
      return [{ mark: "shape", shape: shape, fill: look.fillcolor, dots: look.dots, line: look.line, wide: 0.8,
        dash: look.dash }];
    });
  },
  outlines({ boundaries, codes, line, width }) {
    const shapes = map.shapes(boundaries);
    return codes.filter((code) => shapes.has(code)).map((code) => lined(shapes.get(code), line, width));
  },
  tiles(layer, view, room, inks) {
    return map.tileMarks(layer, view, room, inks);
  },
  flows(layer, view, _, inks) {
    return map.flowMarks(layer, view, inks);
  },
  nodes(layer, view) {
    return map.nodeMarks(layer, view);
  },
};

/* What the pointer or the focus is on has a strong line; pictures have none. */
function highlight(description, pointed, view) {
  const { inks } = description;
  if (pointed?.at) return [map.tileOutline(pointed, view, inks.text, 1.8)];
  if (pointed?.point || description.chosen) return ringed(description, pointed, view);
  return pointed?.shape ? [lined(pointed.shape, inks.text, 1.8)] : [];
}

/* A place that is pointed at or chosen has a ring. */
function ringed({ layers, chosen, inks }, pointed, view) {
  const nodes = layers.filter((layer) => layer.kind === "nodes").flatMap((layer) => layer.nodes);
  return nodes.filter(({ code }) => code === chosen || (pointed?.point && code === pointed.code)).map((node) => {
    const [x, y] = map.onRoom(node.point, view);
    return { mark: "circle", x: x, y: y, radius: map.reachOf(node) + RING.apart, line: inks.text, wide: RING.wide };
  });
}
