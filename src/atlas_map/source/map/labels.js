/* Labels: which names a map shows and where, once for each scale, so that they stand still while the
   map is moved. None covers another and no place is named twice; numbers come before names, and large
   before small. */
import { map } from "./map.js";

/* Names of low rank wait for a closer view, and so do cities. */
const RANKS = [[5.5, 99], [4.4, 5], [3, 4]];
const LEAST_RANK = 3;
const CITIES = 4.4;
const ORDER = { country: 0, sea: 1, city: 2 };
const ROOM = { x: 4, y: 1 };
const LINE = 1.2;
const LETTERS_OF_A_LINE = 8;
const SPACE = 4;
/* How far a number stands from its point or from the circle of it, and how far that keeps others off. */
const APART = 5;
const FURTHER = 3;
const RIM = 1.5;
const ALONG = 16;
/* Sides of the cells in which boxes are looked for, and more rows of them than any map has. */
const CELL = 60;
const ROWS = 2 ** 20;
const BESIDE = [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [-1, -1], [1, 1], [-1, 1]];
/* Width in pixels under which a map is that of a phone. */
const NARROW = 420;
const last = new WeakMap();

/* Labels at a scale, in pixels from the origin of the plane: {lines, width, height, x, y, kind},
   where x and y are the middle; a number knows its other choices, and where its place is from there. may: whether one may stand where it is, for a map that is never moved. */
map.labelsAt = function (description, k, may = () => true) {
  if (last.get(description)?.k !== k) last.set(description, { k: k, placed: placed(description, k, may) });
  return last.get(description).placed;
};

function placed(description, k, may) {
  const taken = grid();
  circlesAt(description, k).forEach(taken.add);
  const free = (label) => may(label) && !taken.covers(label);
  const set = [];
  const put = (label) => { taken.add(label); set.push(label); };
  numbersAt(description, k).forEach((choices) => {
    const found = choices.find(free);
    if (found) put({ ...found, choices: choices });
  });
  waysAt(description, k).forEach(taken.add);
  const numbered = new Set(set.map((label) => label.lines[0].runs[0].said));
  const isOwn = (label) => !map.isLed(description, k) || !map.isBeside(description, label, k);
  namesAt(description, k).filter((label) => !numbered.has(label.said) && isOwn(label)).forEach((label) => { if (free(label)) put(label); });
  return set;
}

/* Boxes by the cells of a grid that they reach into, so that each is held against its neighbours alone. */
function grid() {
  const cells = new Map();
  const cellsOf = ({ x, y, width, height }) => {
    const [left, right] = [x - width / 2 - ROOM.x, x + width / 2 + ROOM.x].map((at) => Math.floor(at / CELL));
    const [top, bottom] = [y - height / 2 - ROOM.y, y + height / 2 + ROOM.y].map((at) => Math.floor(at / CELL));
    const found = [];
    for (let column = left; column <= right; column += 1) for (let row = top; row <= bottom; row += 1) found.push(column * ROWS + row);
    return found;
  };
  return {
    add(box) {
      cellsOf(box).forEach((cell) => {
        if (cells.has(cell)) cells.get(cell).push(box);
        else cells.set(cell, [box]);
      });
    },
    covers: (label) => cellsOf(label).some((cell) => cells.get(cell)?.some((box) => map.covers(box, label))),
  };
}

/* Whether two boxes, given by their middle, are too near. */
map.covers = (one, other) => Math.abs(one.x - other.x) < (one.width + other.width) / 2 + ROOM.x
  && Math.abs(one.y - other.y) < (one.height + other.height) / 2 + ROOM.y;

const nodesOf = (description) => description.layers.filter((layer) => layer.kind === "nodes").flatMap(({ nodes }) => nodes);

function circlesAt(description, k) {
  return nodesOf(description).map((node) => {
    const [x, y] = map.onPlane(node.point);
    const wide = 2 * (map.reachOf(node) + RIM);
    return { x: x * k, y: y * k, width: wide - ROOM.x, height: wide - ROOM.y };
  });
}

/* Names of the ground keep off the lines of flows; numbers may lie on them. */
function waysAt(description, k) {
  const plane = { k: k, x: 0, y: 0 };
  return description.layers.filter((layer) => layer.kind === "flows").flatMap((layer) => layer.flows.flatMap((flow) => {
    const wide = layer.widths[flow.width];
    return map.along(map.curveOf(flow, wide, plane), ALONG).map(([x, y]) => ({ x: x, y: y, width: wide, height: wide }));
  }));
}

/* Each name with its number, in the places where it may stand, the best first; of areas somewhat further
   off too, and where there is room for none of these, the number alone. */
function numbersAt(description, k) {
  const { label, number } = map.FONTS;
  const reach = new Map(nodesOf(description).map((node) => [node.code, map.reachOf(node)]));
  const isLed = map.isLed(description, k);
  return byCall(description.labels).map((given) => {
    const { text, emphasis, point, code } = given;
    const kept = { isCalled: isCalled(given), isPlain: isLed && !emphasis };
    const [x, y] = map.onPlane(point).map((value) => value * k);
    if (isLed) return map.ledChoices(description, given, [x, y], k).map((choice) => ({ ...choice, ...kept }));
    const runs = [{ said: text, font: label }, ...(emphasis ? [{ said: emphasis, font: number }] : [])];
    const height = label.size * LINE;
    const near = APART + (reach.get(code) ?? 0);
    const at = (line, across, down, apart) => ({ kind: "number", code: code, lines: [line], width: line.width, height: height,
      x: x + across * (line.width / 2 + apart), y: y + down * (height / 2 + apart),
      from: [-across * (line.width / 2 + apart), -down * (height / 2 + apart)] });
    const beside = (own, apart = near) => BESIDE.map(([across, down]) => at(map.lineOf(own), across, down, apart));
    const on = (own) => at(map.lineOf(own), 0, 0, 0);
    if (reach.has(code)) return beside(runs);
    if (!emphasis) return [on(runs), ...beside(runs)];
    return [runs, runs.slice(1)].flatMap((own) => [on(own), ...beside(own), ...beside(own, FURTHER * near)]);
  });
}

/* What is called more or fewer stands before all else. */
const isCalled = ({ notes = [] }) => notes.some(([, tone]) => tone);
const byCall = (labels) => [...labels].sort((one, other) => isCalled(other) - isCalled(one));

function namesAt(description, k) {
  if (description.isUnnamed) return [];
  const zoom = map.zoomAt(k);
  const rank = (RANKS.find(([from]) => zoom >= from) || [0, LEAST_RANK])[1];
  return [...map.shapes("labels").values()]
    .filter((place) => place.kind in ORDER && place.rank <= rank && (place.kind !== "city" || zoom >= CITIES))
    .sort((one, other) => one.rank - other.rank || ORDER[one.kind] - ORDER[other.kind])
    .map((place) => named(place, description.lang, k));
}

function named(place, lang, k) {
  const said = place[`name_${lang}`] || place.name_en;
  const latin = lang === "en";
  // Letters other than Latin ones may be joined, which a wider spacing would break.
  const font = place.kind === "country" && !latin ? map.FONTS.city : map.FONTS[place.kind];
  const lines = map.linesOf(place.kind === "country" && latin ? said.toLocaleUpperCase("en") : said,
    LETTERS_OF_A_LINE * font.size, font).map((line) => map.lineOf([{ said: line, font: font }]));
  return { kind: place.kind, said: said, lines: lines, width: Math.max(...lines.map((line) => line.width)),
    height: lines.length * font.size * LINE, x: place.point[0] * k, y: place.point[1] * k };
}

/* Runs of a line, each with where it begins. */
map.lineOf = function (runs) {
  let at = 0;
  const set = runs.map((run) => {
    const from = at;
    const width = map.widthOf(run.said, run.font);
    at += width + SPACE;
    return { ...run, from: from };
  });
  return { runs: set, width: at - SPACE };
};

/* Labels that stand whole in a room and under none of its panels, by their middle in its pixels: names
   and numbers of places, what lies beyond the edge, and names of the ground that are clear of both. */
map.labelsIn = function (description, view, room, panels, isStill) {
  const { isClear, isHidden } = spaceIn(room, panels);
  const inRoom = (label) => ({ ...label, x: label.x + view.x, y: label.y + view.y });
  const all = map.labelsAt(description, view.k, isStill ? (label) => isClear(inRoom(label)) : undefined).map(inRoom);
  const names = all.filter((label) => label.kind !== "number" && isClear(label));
  const circles = circlesAt(description, view.k).map(inRoom);
  const numbers = numbersIn(all.filter(({ kind }) => kind === "number"), circles, inRoom, { isClear: isClear, isHidden: isHidden, isNarrow: !isStill && room.width < NARROW });
  const below = (above) => [...above, ...names.filter((label) => !above.some((other) => map.covers(other, label)))];
  if (!circles.length) return below(numbers);
  const covered = panels.map((panel) => ({ ...panel, x: panel.x + panel.width / 2, y: panel.y + panel.height / 2 }));
  const edges = map.edgeLabels(description, view, room, isHidden, [...numbers, ...circles, ...covered]);
  return below([...numbers, ...edges]);
};

/* What of a room is to be seen: whether a box by its middle is clear of its edge and panels, and whether
   a point is beyond or under them. */
function spaceIn({ width, height }, panels) {
  const isClear = (label) => {
    const box = { x: label.x - label.width / 2, y: label.y - label.height / 2, width: label.width, height: label.height };
    return box.x > 2 && box.x + box.width < width - 2 && box.y > 1 && box.y + box.height < height - 1
      && !panels.some((panel) => map.meet(panel, box));
  };
  const isHidden = ([x, y]) => x < 0 || y < 0 || x > width || y > height
    || panels.some((panel) => map.meet(panel, { x: x, y: y, width: 0, height: 0 }));
  return { isClear: isClear, isHidden: isHidden };
}

/* Names with numbers of places that are seen: where they stand at this scale, or else, at an edge or a
   panel, on another side of their place. What is called stands whole before others do; a narrow map
   has no names of areas without a number. */
function numbersIn(all, circles, inRoom, { isClear, isHidden, isNarrow }) {
  const seen = all.filter(({ x, y, from, isPlain }) => !isHidden([x + from[0], y + from[1]]) && !(isNarrow && isPlain));
  const set = [];
  const isFree = (label) => isClear(label) && !set.some((other) => map.covers(label, other));
  const put = (label) => { if (label) set.push(label); };
  const elsewhere = ({ choices }) => choices.map(inRoom).find((label) => isFree(label) && !circles.some((circle) => map.covers(label, circle)));
  const [called, rest] = [true, false].map((is) => seen.filter((label) => is === Boolean(label.isCalled)));
  called.forEach((label) => put(isFree(label) ? label : elsewhere(label)));
  const moved = rest.filter((label) => !isFree(label));
  rest.filter(isFree).forEach(put);
  moved.forEach((label) => put(elsewhere(label)));
  return set;
}

/* Labels as marks, the least important lowest. */
map.labelMarks = function ({ inks }, labels) {
  const looks = {
    number: { ink: inks.text, halo: inks.surface, wide: 3.2 },
    edge: { ink: inks.text, halo: inks.surface, wide: 3.2 },
    sea: { ink: inks.sea_name, halo: inks.sea, wide: 2.4 },
    country: { ink: inks.name, halo: inks.halo, wide: 2.8 },
    city: { ink: inks.name, halo: inks.halo, wide: 2.8 },
  };
  const marks = (label) => (label.side === undefined ? label.lines.map((line, i) =>
    textMark(line, label.x, label.y, i - (label.lines.length - 1) / 2, looks[label.kind])) : map.ledMarks(label, inks));
  return [...labels].reverse().flatMap(marks);
};

function textMark(line, x, y, row, look) {
  const { size } = line.runs[0].font;
  return { mark: "text", x: x - line.width / 2, y: y + row * size * LINE + size * 0.36, runs: line.runs, ...look };
}
