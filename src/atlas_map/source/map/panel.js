/* The panel of a map of tiles: numbers in words beside it, or below a narrow one. Each part has a title
   and rows of a name with its number, what that stands for, and a dot on a line over the same. */
import { map } from "./map.js";

const ROW = 22;
const TITLE = 24;
const GAP = 12;
const TRACK = 84;
const BETWEEN = 10;
const DOT = 4.5;
const THICK = 3;

const partsOf = ({ panel }) => panel || [];
const isDotted = ({ rows }) => rows.some(({ at }) => at !== null);
const saidOf = ({ number, range }) => [{ said: number, font: map.FONTS.number }, ...(range ? [{ said: range, font: map.FONTS.reach }] : [])];
const widest = (parts, of) => Math.max(0, ...parts.flatMap(({ rows }) => rows.map(of)));
const nameWidth = ({ label }) => map.widthOf(label, map.FONTS.entry);
const numberWidth = (row) => map.lineOf(saidOf(row)).width;

map.panelHeight = (description) => partsOf(description).reduce((sum, { rows }) => sum + TITLE + rows.length * ROW + GAP, 0);

map.panelWidth = function (description) {
  const parts = partsOf(description);
  if (!parts.length) return 0;
  const rows = parts.map((part) => widest([part], nameWidth) + (isDotted(part) ? TRACK + BETWEEN : 0) + BETWEEN + widest([part], numberWidth));
  return Math.max(...rows, ...parts.map(({ title }) => map.widthOf(title, map.FONTS.title)));
};

/* The panel from a left upper corner on, as wide as it is given. */
map.panelMarks = function (description, left, top, wide) {
  const { inks } = description;
  let y = top;
  return partsOf(description).flatMap((part) => {
    const start = y + TITLE;
    y = start + part.rows.length * ROW + GAP;
    const track = left + wide - widest([part], numberWidth) - BETWEEN - TRACK;
    return [
      map.textMark(part.title, map.FONTS.title, left, start - TITLE / 2, inks.text),
      { mark: "path", steps: [["M", left, start - 2], ["L", left + wide, start - 2]], line: inks.borders, wide: 1 },
      ...part.rows.flatMap((row, i) => rowMarks(row, left, start + (i + 0.5) * ROW, wide, track, inks)),
    ];
  });
};

function rowMarks(row, left, middle, wide, track, inks) {
  const line = map.lineOf(saidOf(row));
  const at = (share) => track + share * TRACK;
  const dotted = row.at === null ? [] : [
    { mark: "path", steps: [["M", track, middle], ["L", track + TRACK, middle]], line: inks.frame, wide: 1 },
    { mark: "path", steps: [["M", at(row.low), middle], ["L", at(row.high), middle]], line: inks.mark, wide: THICK, opacity: 0.45 },
    { mark: "circle", x: at(row.at), y: middle, radius: DOT, fill: inks.mark },
  ];
  return [
    map.textMark(row.label, map.FONTS.entry, left, middle, inks.name), ...dotted,
    { mark: "text", x: left + wide - line.width, y: middle + 0.36 * map.FONTS.number.size, runs: line.runs, ink: inks.text },
  ];
}
