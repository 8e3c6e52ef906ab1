/* The legend and the notice of a map: a box in the corner, or rows below a narrow map. */
import { map } from "./map.js";

const EDGE = 10;
const ROW = 19;
const TITLE = 20;
const GAP = 7;
const SWATCH = 30;
const AREA = { width: 18, height: 12 };
const HALF = 7;
const NOTICE = 15;
const ABOVE = 6;
const BELOW = 8;

const indent = (part) => (part.entries.some((entry) => entry.mark !== "area") ? SWATCH : AREA.width) + 8;
const entryWidth = (part, entry) => indent(part) + map.widthOf(entry.label, map.FONTS.entry);
const heightOf = (part, columns) => (part.title ? TITLE : 0) + Math.ceil(part.entries.length / columns) * ROW;
const shown = (legend) => legend.filter((part) => part.entries.length);

/* The legend as a box in the lower left of a room; of tiles with a panel under that. */
map.legendBox = function (description, room) {
  const { legend, inks } = description;
  const parts = shown(legend);
  if (!parts.length) return [];
  const wide = Math.max(...parts.flatMap((part) => [map.widthOf(part.title, map.FONTS.title),
    ...part.entries.map((entry) => entryWidth(part, entry))]));
  const height = parts.reduce((sum, part) => sum + heightOf(part, 1), 0) + (parts.length - 1) * GAP + 2 * EDGE - 4;
  const left = map.panelWidth(description) ? room.width - wide - 2 * EDGE - 10 : 10;
  const box = { x: left, y: room.height - height - 10, width: wide + 2 * EDGE, height: height };
  return [
    { mark: "box", ...box, radius: 4, fill: inks.panel, line: inks.frame, wide: 1 },
    ...rows(parts, inks, box.x + EDGE, box.y + EDGE - 2, wide, 1),
  ];
};

/* How many entries stand beside each other in rows of a width. */
const columnsIn = (parts, width) =>
  (parts.every((part) => part.entries.every((entry) => entryWidth(part, entry) <= width / 2 - 8)) ? 2 : 1);

function rows(parts, inks, left, top, width, columns) {
  let y = top;
  return parts.flatMap((part) => {
    const head = part.title ? [map.textMark(part.title, map.FONTS.title, left, y + TITLE / 2, inks.text)] : [];
    const start = y + (part.title ? TITLE : 0);
    y += heightOf(part, columns) + GAP;
    return [...head, ...part.entries.flatMap((entry, i) => {
      const x = left + (i % columns) * width / columns;
      const middle = start + (Math.floor(i / columns) + 0.5) * ROW;
      return [...swatch(entry, x, middle), map.textMark(entry.label, map.FONTS.entry, x + indent(part), middle, inks.name)];
    })];
  });
}

/* Words on one line, by where they begin and their middle. */
map.textMark = (said, font, x, middle, ink) =>
  ({ mark: "text", x: x, y: middle + font.size * 0.36, runs: [{ said: said, font: font, from: 0 }], ink: ink });

function swatch(entry, x, middle) {
  if (entry.mark === "halves") return map.halves([x + SWATCH / 2, middle], [HALF, HALF], { line: entry.line, fill: entry.fillcolor });
  if (entry.mark === "line") {
    return [{ mark: "path", steps: [["M", x, middle], ["L", x + SWATCH, middle]], line: entry.line, wide: entry.width,
      dash: entry.dash.map((part) => part * entry.width) }];
  }
  return [{ mark: "box", x: x, y: middle - AREA.height / 2, ...AREA, radius: 1, fill: entry.fillcolor, dots: entry.dots,
    line: entry.line, wide: 1, dash: entry.dash }];
}

/* The legend in rows of a width: {height, at}, where at(left, top) gives its marks. */
map.legendRows = function ({ legend, inks }, width) {
  const parts = shown(legend);
  const columns = columnsIn(parts, width);
  return {
    height: parts.reduce((sum, part) => sum + heightOf(part, columns) + GAP, 0),
    at: (left, top) => rows(parts, inks, left, top, width, columns),
  };
};

/* What stands below the map: its height, and from a height on its marks, and the inset and the rows of its
   margin. A map of flows has all that explains it there, others their legend where they are narrow. */
map.foot = function (description, width, narrow, pointed) {
  const { inks } = description;
  const room = width - 2 * EDGE;
  const lines = map.linesOf(description.notice, room, map.FONTS.notice);
  const said = ABOVE + lines.length * NOTICE + BELOW;
  const notice = (top) => lines.map((line, i) => map.textMark(line, map.FONTS.notice, EDGE, top + ABOVE + (i + 0.5) * NOTICE, inks.name));
  if (description.margin) {
    const below = map.below(description, width, pointed);
    return { height: below.height + said, at: (top) => {
      const { marks, ...more } = below.at(top);
      return { ...more, marks: [...marks, ...notice(top + below.height)] };
    } };
  }
  const legend = map.legendRows(narrow ? description : { ...description, legend: [] }, room);
  const panel = narrow ? map.panelHeight(description) : 0;
  return { height: said + legend.height + panel, at: (top) => ({
    inset: null, rows: [],
    marks: [...notice(top), ...legend.at(EDGE, top + said),
      ...(narrow ? map.panelMarks(description, EDGE, top + said + legend.height, room) : [])],
  }) };
};
