/* Leaders: names of areas that have a line to their place, so that they may stand on empty ground. A map
   of one area has them (fit), while it is seen large enough. What is said of an area stands in lines
   under its name and number. */
import { map } from "./map.js";

/* Height from which an area is seen large, in pixels, and cells by which its ground is known. */
const LARGE = 230;
const CELLS = [48, 72];
/* How far to the side of its place a label stands, and how far above or below. */
const ASIDE = [14, 24, 36, 50, 68, 90, 116, 146, 180, 220];
const BELOW = [0, -14, 14, -28, 28, -44, 44, -62, 62, -84, 84, -110, 110];
/* What it costs to stand on the right, where other ground lies as often as not. */
const RIGHT = 60;
const STEP = 7;
const LINE = 1.28;
const DOT = 2.4;
const TO_LINE = 5;
const ARROW = { wide: 8, high: 7, room: 12 };
const grounds = new WeakMap();

/* The area that a map is of, as {bounds, covers(box)}: whether a box of the plane lies on it; null of a
   map of the whole country. */
map.groundOf = function (description) {
  if (!description.fit) return null;
  if (!grounds.has(description)) grounds.set(description, groundOf(description.fit));
  return grounds.get(description);
};

function groundOf({ boundaries, codes }) {
  const shapes = codes.map((code) => map.shapes(boundaries).get(code)).filter(Boolean);
  if (!shapes.length) return null;
  const ends = (at, most) => most(...shapes.map((shape) => shape.bounds[at]));
  const bounds = [ends(0, Math.min), ends(1, Math.min), ends(2, Math.max), ends(3, Math.max)];
  const [across, down] = [(bounds[2] - bounds[0]) / CELLS[0], (bounds[3] - bounds[1]) / CELLS[1]];
  const cells = Array.from({ length: CELLS[0] * CELLS[1] }, (_, i) => {
    const at = [bounds[0] + (i % CELLS[0] + 0.5) * across, bounds[1] + (Math.floor(i / CELLS[0]) + 0.5) * down];
    return shapes.some((shape) => map.holds(shape, at));
  });
  const isLand = ([x, y]) => {
    const [column, row] = [Math.floor((x - bounds[0]) / across), Math.floor((y - bounds[1]) / down)];
    return column >= 0 && column < CELLS[0] && row >= 0 && row < CELLS[1] && cells[row * CELLS[0] + column];
  };
  return { bounds: bounds, isLand: isLand };
}

/* Whether an area is seen so large that its names have leaders. */
map.isLed = function (description, k) {
  const ground = map.groundOf(description);
  return ground !== null && (ground.bounds[3] - ground.bounds[1]) * k >= LARGE;
};

const FONTS = Object.fromEntries(Object.entries({ name: [14, 600], number: [19, 700], plain: [12.5, 400], note: [12, 400], word: [12, 700] })
  .map(([name, [size, weight]]) => [name, { size: size, weight: weight, italic: false, spacing: 0 }]));

/* Lines of a label: name and number, and what is said of the number. */
function linesOf({ text, emphasis, notes = [] }) {
  if (!emphasis) return [map.lineOf([{ said: text, font: FONTS.plain }])];
  const said = notes.map(([note, tone]) => {
    const line = map.lineOf([{ said: note, font: tone ? FONTS.word : FONTS.note }]);
    return tone ? { ...line, width: line.width + ARROW.room, tone: tone } : line;
  });
  return [map.lineOf([{ said: text, font: FONTS.name }, { said: emphasis, font: FONTS.number }]), ...said];
}

const sizeOf = ({ runs }) => Math.max(...runs.map(({ font }) => font.size));

/* Where the label of an area may stand, the best first: a name in its area, else beside it on empty
   ground, with ever fewer lines and at last its number alone; its place is at [x, y] in pixels from the origin of the plane. */
map.ledChoices = function (description, label, at, k) {
  const whole = boxOf(label, at);
  if (label.emphasis) return shorter(label).flatMap((said) => beside(boxOf(said, at), description, at, k));
  const inside = { ...whole, side: 0, from: [0, 0] };
  return fits(inside, description, k) ? [inside, ...beside(whole, description, at, k)] : beside(whole, description, at, k);
};

/* A label, and the same with ever fewer of its lines, the last first. */
const shorter = ({ notes = [], ...label }) => [...notes.keys(), notes.length].reverse().map((least) => ({ ...label, notes: notes.slice(0, least) }));

function boxOf(label, [x, y]) {
  const lines = linesOf(label);
  return { kind: "number", code: label.code, lines: lines, x: x, y: y, width: Math.max(...lines.map((line) => line.width)),
    height: lines.reduce((sum, line) => sum + sizeOf(line) * LINE, 0) };
}

function beside(whole, description, [x, y], k) {
  const ground = map.groundOf(description);
  const { width } = whole;
  return ASIDE.flatMap((apart) => BELOW.flatMap((below) => [-1, 1].map((side) => ({
    ...whole, side: side, x: x + side * (apart + width / 2), y: y + below, from: [-side * (apart + width / 2), -below],
    cost: apart + 0.7 * Math.abs(below) + (side > 0 ? RIGHT : 0),
  })))).filter((choice) => !onLand(choice, ground, k)).sort((one, other) => one.cost - other.cost);
}

/* Points of a box of pixels, in the plane. */
function pointsOf({ x, y, width, height }, k) {
  const steps = (long) => Math.max(1, Math.ceil(long / STEP));
  const [across, down] = [steps(width), steps(height)];
  return Array.from({ length: (across + 1) * (down + 1) }, (_, i) => [
    (x - width / 2 + (i % (across + 1)) * width / across) / k,
    (y - height / 2 + Math.floor(i / (across + 1)) * height / down) / k]);
}

const onLand = (box, ground, k) => pointsOf(box, k).some(ground.isLand);

/* Whether a name of a place beside the area that a map is of would lie on that area, as if it were in it. */
map.isBeside = (description, label, k) => {
  const ground = map.groundOf(description);
  return !ground.isLand([label.x / k, label.y / k]) && onLand(label, ground, k);
};

function fits(box, description, k) {
  const layer = description.layers.find(({ kind }) => kind === "areas");
  const shape = map.shapes(layer.boundaries).get(box.code);
  return Boolean(shape) && pointsOf(box, k).every((point) => map.holds(shape, point));
}

/* A label with its leader as marks. */
map.ledMarks = function ({ lines, x, y, width, height, side, from }, inks) {
  const look = { halo: inks.surface, wide: 3 };
  const place = [x + from[0], y + from[1]];
  const edge = [x - side * (width / 2 + TO_LINE), y];
  const leader = side ? [
    { mark: "path", steps: [["M", ...edge], ["L", ...place]], line: inks.text, wide: 1 },
    { mark: "circle", x: place[0], y: place[1], radius: DOT, fill: inks.text, line: inks.surface, wide: 1 },
  ] : [];
  let top = y - height / 2;
  const words = lines.flatMap((line) => {
    const size = sizeOf(line);
    const base = top + size * (LINE / 2 + 0.36);
    top += size * LINE;
    const left = leftOf({ x, width, side }, line);
    const ink = line.tone ? inks[line.tone] : inks.text;
    const at = left + (line.tone ? ARROW.room : 0);
    const written = { mark: "text", x: at, y: base, runs: line.runs, ink: ink, ...look };
    return line.tone ? [arrow(left, base, line.tone, ink), written] : [written];
  });
  return [...leader, ...words];
};

/* Where a line of a label begins: on the side of its place, or in the middle over it. */
function leftOf({ x, width, side }, line) {
  if (!side) return x - line.width / 2;
  return side > 0 ? x - width / 2 : x + width / 2 - line.width;
}

/* Up for more, down for fewer: no colour stands alone. */
function arrow(left, base, tone, ink) {
  const [from, to] = tone === "more" ? [base - 1, base - 1 - ARROW.high] : [base - 1 - ARROW.high, base - 1];
  return { mark: "path", fill: ink, steps: [["M", left, from], ["L", left + ARROW.wide, from], ["L", left + ARROW.wide / 2, to], ["Z"]] };
}
