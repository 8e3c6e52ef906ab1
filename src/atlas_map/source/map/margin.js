/* The margin of a map of flows: its inset, its legend and people who have no line, by name with their number,
   below the map; and places beyond the edge, named where their lines leave it. Numbers of lines and of the
   margin sum to all. */
import { map } from "./map.js";

const EDGE = 10;
const ROW = 19;
const TITLE = 20;
const BETWEEN = 14;
/* Between the inset and what stands beside it, and the least width of that. */
const APART = 18;
const LEAST_BESIDE = 200;
const LINE = 1.2;
const STEPS = 40;
/* Where a name may stand beside the point where its line leaves, in its own widths and lines. */
const BESIDE = [[0, -1], [0, 1], [-0.6, 0], [0.6, 0], [-0.5, -1.2], [0.5, -1.2], [-0.5, 1.2], [0.5, 1.2],
  [0, -2.2], [0, 2.2], [-0.5, -2.4], [0.5, -2.4], [-0.5, 2.4], [0.5, 2.4], [0, -3.4], [0, 3.4]];
const INSIDE = 5;
/* So many places are named at the edge at most, those of the widest lines. */
const NAMED = 14;

const entriesOf = ({ margin }) => margin?.entries || [];
const widest = (entries) => Math.max(0, ...entries.map(({ label, number }) =>
  map.widthOf(label, map.FONTS.entry) + BETWEEN + map.widthOf(number, map.FONTS.number)));
const heightOfList = (description) => (entriesOf(description).length ? TITLE + entriesOf(description).length * ROW : 0);

/* What stands below a map of flows, for nothing covers it: its inset, and beside that, or below it where
   there is no room, its legend and who has no line: {height, at}, where at(top) gives {inset, rows, marks}. */
map.below = function (description, width, pointed) {
  const inset = map.insetOf(description);
  const isBeside = inset && width >= inset.width + APART + LEAST_BESIDE + 2 * EDGE;
  const left = EDGE + (isBeside ? inset.width + APART : 0);
  const wide = width - left - EDGE;
  const legend = map.legendRows(description, wide);
  const high = legend.height + heightOfList(description);
  const over = inset && !isBeside ? inset.height + EDGE : 0;
  return {
    height: (isBeside ? Math.max(inset.height, high) : over + high) + 2 * EDGE,
    at: (top) => {
      const from = top + EDGE + over;
      const listed = list(description, left, from + legend.height, wide, pointed);
      return {
        inset: inset ? { ...inset, x: EDGE, y: top + EDGE } : null,
        rows: listed.rows,
        marks: [...legend.at(left, from), ...listed.marks],
      };
    },
  };
};

/* Title and rows in a column: {rows, marks}. A row is {code, lines} with its box. */
function list({ margin, inks, chosen }, left, top, room, pointed) {
  if (!margin.entries.length) return { rows: [], marks: [] };
  const wide = Math.min(room - 4, Math.max(widest(margin.entries), LEAST_BESIDE));
  const at = (i) => top + TITLE + i * ROW;
  const rows = margin.entries.map((entry, i) => ({ ...entry, x: left - 4, y: at(i), width: wide + 8, height: ROW }));
  const line = (row, ink, width) => ({ mark: "box", x: row.x, y: row.y, width: row.width, height: row.height, radius: 3, line: ink, wide: width });
  return {
    rows: rows,
    marks: [
      map.textMark(margin.title, map.FONTS.title, left, top + TITLE / 2, inks.text),
      ...rows.filter(({ code }) => code && code === chosen).map((row) => line(row, inks.text, 1.4)),
      ...rows.filter(({ code }) => code && code === pointed?.code).map((row) => line(row, inks.text, 1.8)),
      ...rows.flatMap(({ label, number }, i) => [
        map.textMark(label, map.FONTS.entry, left, at(i) + ROW / 2, inks.name),
        map.textMark(number, map.FONTS.number, left + wide - map.widthOf(number, map.FONTS.number), at(i) + ROW / 2, inks.text),
      ]),
    ],
  };
}

/* Names at the edge: {line, x, y, width, height} by their middle, clear of boxes that are taken. `isHidden` says whether
   a point of the room is beyond its edge or covered. */
map.edgeLabels = function (description, view, room, isHidden, taken) {
  const layers = Object.fromEntries(description.layers.map((layer) => [layer.kind, layer]));
  const nodes = new Map(layers.nodes.nodes.map((node) => [node.code, node]));
  const seen = new Set();
  const set = [];
  layers.flows.flows.filter((flow) => !flow.faint).forEach((flow) => {
    const hidden = [flow.start, flow.end].map((point) => isHidden(map.onRoom(point, view)));
    if (hidden[0] === hidden[1]) return;
    const far = hidden[1] ? 1 : 0;
    const [text, number] = nodes.get(flow.ends[far])?.edges[1 - far] || ["", ""];
    const key = `${far} ${flow.ends[far]}`;
    if (!text || seen.has(key) || seen.size === NAMED) return;
    seen.add(key);
    const label = edgeLabel(text, number, exitOf(flow, layers.flows.widths[flow.width], view, far, isHidden), room, [...taken, ...set]);
    if (label) set.push(label);
  });
  return set;
};

/* The last point of a curve that is seen, on the way to its far end. */
function exitOf(flow, wide, view, far, isHidden) {
  const points = map.along(map.curveOf(flow, wide, view), STEPS);
  const way = far ? points : points.reverse();
  return way[Math.max(0, way.findIndex(isHidden) - 1)];
}

function edgeLabel(text, number, [x, y], room, taken) {
  const line = map.lineOf([{ said: text, font: map.FONTS.label }, { said: number, font: map.FONTS.number }]);
  const height = map.FONTS.label.size * LINE;
  const within = (value, half, most) => Math.max(half + INSIDE, Math.min(most - half - INSIDE, value));
  const choices = BESIDE.map(([across, down]) => ({
    kind: "edge", lines: [line], width: line.width, height: height,
    x: within(x + across * (line.width + 12), line.width / 2, room.width),
    y: within(y + down * (height + 4), height / 2, room.height),
  }));
  return choices.find((choice) => !taken.some((other) => map.covers(choice, other)));
}
