/* Tiles of a map: equal hexagons with a few letters and a number each, in groups with a name. They stand
   on no ground, are always seen whole, and their plane is that of the description, in radii. */
import { map } from "./map.js";

const CORNERS = [-30, 30, 90, 150, 210, 270].map((angle) => [Math.cos(angle * Math.PI / 180), Math.sin(angle * Math.PI / 180)]);
/* Half of the gap between two tiles, as a share of their radius. */
const GAP = 0.055;
/* What letters and numbers measure, as a share of the radius, and their least and largest size. */
const LABEL = { share: 0.58, least: 12, most: 24 };
const NUMBER = { share: 0.48, least: 11, most: 20 };
/* Where both stand, as a share of the radius below the middle, and how wide a number may be there. */
const HIGH = -0.26;
const LOW = 0.42;
const WIDE = 1.45;
/* A number has room from this radius on. */
const ROOMY = 19;
const LINE = 15;
const EDGE = 14;
const ABOVE = 22;
const NAME_APART = 6;
const NAME_HIGH = 9;
const PANEL = 30;

/* The view that shows all tiles in a room; on a wide map the legend stands to their left and the panel
   to their right. */
map.fitTiles = function (description, room, narrow) {
  const [left, top, right, bottom] = description.box;
  const [before, after] = narrow ? [0, 0] : [legendWidth(description, room), panelRoom(description)];
  const above = ABOVE + (LINE + 1) * linesAbove(description);
  const across = room.width - before - after - 2 * EDGE;
  const k = Math.max(1, Math.min(across / (right - left), (room.height - above - 2 * EDGE) / (bottom - top)));
  const from = before + EDGE + (across - (right - left) * k) / 2;
  return { k: k, x: from - left * k, y: (room.height + above - (top + bottom) * k) / 2 };
};

function legendWidth(description, room) {
  const [box] = map.legendBox(description, room);
  return box && !description.panel ? box.x + box.width : 0;
}

function panelRoom(description) {
  const wide = map.panelWidth(description);
  return wide ? wide + PANEL : 0;
}

/* Lines above the first tiles beside the names of groups. */
const linesAbove = ({ layers: [{ groups }] }) => Math.max(0, ...groups.map(({ notes = [] }) => notes.length));

/* How much higher a narrow room is than that of another map, for what stands above its tiles. */
map.heightAbove = (description) => (LINE + 1) * linesAbove(description);

const onRoom = ([left, top], { k, x, y }) => [left * k + x, top * k + y];

function hexagon(at, view, share) {
  const [x, y] = onRoom(at, view);
  const radius = view.k * share;
  return [...CORNERS.map(([across, down], i) => [i ? "L" : "M", x + across * radius, y + down * radius]), ["Z"]];
}

/* Marks of a layer of tiles: hexagons, what is chosen among them, names of groups, letters. */
map.tileMarks = function (layer, view, room, inks) {
  const { classes, tiles, groups, outlined, line, width } = layer;
  const hexagons = tiles.map((tile) => {
    const look = classes[tile.class];
    return { mark: "path", steps: hexagon(tile.at, view, 1 - GAP), fill: look.fillcolor, dots: look.dots, line: look.line, wide: 1, dash: look.dash };
  });
  const chosen = tiles.filter(({ code }) => outlined.includes(code))
    .map(({ at }) => ({ mark: "path", steps: hexagon(at, view, 1), line: line, wide: width }));
  return [
    ...hexagons, ...outlines(layer, view), ...chosen,
    ...groups.flatMap((group) => nameMarks(group, layer, inks, view, room)),
    ...tiles.flatMap((tile) => letters(tile, classes[tile.class], view)),
  ];
};

/* The line around what the pointer or the focus is on. */
map.tileOutline = (tile, view, line, wide) => ({ mark: "path", steps: hexagon(tile.at, view, 1), line: line, wide: wide });

/* A name has as many lines as it needs up to the next group, its number and what is said of it one each,
   the last one right above its tiles; what is said last is left out where it has no room above them. */
function nameMarks(group, layer, inks, view, room) {
  const { notes = [] } = group;
  const covers = ({ x, y, runs }) => {
    const last = runs.at(-1);
    const wide = last.from + map.widthOf(last.said, last.font);
    return Array.from({ length: 21 }, (_, i) => x + wide * i / 20)
      .some((at) => [y - NAME_HIGH, y].some((down) => map.tileAt(layer.tiles, view, [at, down])));
  };
  const tries = notes.map((_, i) => linesOf({ ...group, notes: notes.slice(0, notes.length - i) }, layer.ink, inks, view, room));
  return tries.find((marks) => !marks.some(covers)) || tries.at(-1) || linesOf(group, layer.ink, inks, view, room);
}

function linesOf({ name, at, end, number, notes = [] }, ink, inks, view, room) {
  const [x, y] = onRoom(at, view);
  const until = end === null ? room.width - 4 : onRoom([end, 0], view)[0] - 6;
  const { title, reach } = map.FONTS;
  const [range, ...said] = notes;
  const numbered = number ? [map.lineOf([{ said: number, font: BIG() }, ...(range ? [{ said: range, font: reach }] : [])])] : [];
  const lines = [
    ...map.linesOf(name, until - x, title).map((line) => map.lineOf([{ said: line, font: title }])),
    ...numbered, ...said.flatMap((note) => map.linesOf(note, until - x, reach)).map((line) => map.lineOf([{ said: line, font: reach }])),
  ];
  return lines.map(({ runs }, i) => ({ mark: "text", x: x, y: y - NAME_APART - (lines.length - 1 - i) * (LINE + 1), runs: runs,
    ink: numbered.length && runs[0].font.size > title.size ? inks.text : ink, halo: inks.surface, wide: 2.5 }));
}

const BIG = () => ({ ...map.FONTS.number, size: 16 });

/* The line around the tiles of each group: the sides that no two of them share. */
function outlines({ tiles, groups, line }, view) {
  return groups.filter(({ code }) => code).map(({ code }) => {
    const own = tiles.filter(({ group }) => group === code);
    const steps = own.flatMap(({ at: [x, y] }) => CORNERS.flatMap((from, i) => {
      const to = CORNERS[(i + 1) % CORNERS.length];
      const beyond = [x + from[0] + to[0], y + from[1] + to[1]];
      if (own.some(({ at }) => Math.hypot(at[0] - beyond[0], at[1] - beyond[1]) < 0.1)) return [];
      return [["M", ...onRoom([x + from[0], y + from[1]], view)], ["L", ...onRoom([x + to[0], y + to[1]], view)]];
    }));
    return { mark: "path", steps: steps, line: line, wide: 1.6 };
  });
}

const sized = ({ share, least, most }, k, more) =>
  ({ ...map.FONTS.entry, ...more, size: Math.round(Math.max(least, Math.min(most, share * k)) * 2) / 2 });

function letters({ at, label, number }, look, view) {
  const [x, y] = onRoom(at, view);
  const font = sized(LABEL, view.k, { weight: 700 });
  const below = sized(NUMBER, view.k);
  const isRoom = number && view.k >= ROOMY && map.widthOf(number, below) <= view.k * WIDE;
  const name = centred(label, font, x, y + (isRoom ? HIGH * view.k : 0), look);
  return isRoom ? [name, centred(number, below, x, y + LOW * view.k, look)] : [name];
}

function centred(said, font, x, middle, { ink, halo }) {
  return { mark: "text", x: x - map.widthOf(said, font) / 2, y: middle + font.size * 0.36,
    runs: [{ said: said, font: font, from: 0 }], ink: ink, halo: halo || null, wide: 1.5 };
}

/* The tile at a point of the room, or null: the one whose middle is nearest, where the point is inside. */
map.tileAt = function (tiles, { k, x, y }, [atX, atY]) {
  const [left, top] = [(atX - x) / k, (atY - y) / k];
  return tiles.find(({ at }) => isInside(Math.abs(left - at[0]), Math.abs(top - at[1]))) || null;
};

/* Whether a point so far across and down from the middle lies in a hexagon of radius 1. */
const isInside = (across, down) => across <= CORNERS[0][0] && down <= 1 - across / Math.sqrt(3);
