/* What lies under a point of a map: a circle before a line, a line before an area; or a tile. */
import { map } from "./map.js";

/* How near a pointer must come to a circle and to the edge of a line, in pixels. */
const TO_CIRCLE = 11;
const TO_LINE = 4;
const STEPS = 24;
const CELLS = 24;
const scratch = document.createElement("canvas").getContext("2d");

const layersOf = (description, kind) => description.layers.filter((layer) => layer.kind === kind);
/* The same of a whole drawing: a row of its margin, what is in its inset, or what the map shows there. */
map.hit = function ({ rows, inset, main, view, room, panels }, [x, y]) {
  const holds = (box) => x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height;
  const row = rows.find(holds);
  if (row) return row;
  if (inset && holds(inset)) return map.at(inset.description, inset.view, [x - inset.x, y - inset.y]);
  const isCovered = y >= room.height || (main.margin && panels.some(holds));
  return isCovered ? null : map.at(main, view, [x, y]);
};

/* Where a place is in a drawing, in its pixels; null where the map itself shows it, or none does. */
map.spotOf = function ({ rows, inset }, { code, point }) {
  const row = point ? null : rows.find((one) => one.code === code);
  if (row) return [row.x, row.y];
  if (!inset?.description.layers.some(({ nodes }) => nodes?.some((node) => node.code === code))) return null;
  const [x, y] = map.onRoom(point, inset.view);
  return [inset.x + x, inset.y + y];
};

/* {code, lines, shape} of what is at a point of the room, or null; a line has no code, and a tile has
   {at}, its middle on its plane, for a shape. */
map.at = (description, view, point) =>
  circleAt(description, view, point) || flowAt(description, view, point) || areaAt(description, view, point)
  || map.tileAt(tilesOf(description), view, point);

const tilesOf = (description) => layersOf(description, "tiles").flatMap(({ tiles }) => tiles);

function circleAt(description, view, [x, y]) {
  const near = layersOf(description, "nodes").flatMap(({ nodes }) => nodes).map((node) => {
    const [left, top] = map.onRoom(node.point, view);
    return { node: node, far: Math.hypot(left - x, top - y) };
  }).filter(({ far }) => far <= TO_CIRCLE).sort((one, other) => one.far - other.far);
  return near.length ? near[0].node : null;
}

/* The line that lies highest of those that are near enough. */
function flowAt(description, view, point) {
  const found = layersOf(description, "flows").flatMap((layer) => layer.flows.filter((flow) => {
    const wide = layer.widths[flow.width];
    return distance(map.curveOf(flow, wide, view), point) <= wide / 2 + TO_LINE;
  }));
  return found.length ? { code: "", lines: found.at(-1).lines } : null;
}

/* How far a point is from the nearest piece of a curve. */
function distance(curve, [x, y]) {
  const points = map.along(curve, STEPS);
  return Math.min(...points.slice(1).map(([endX, endY], i) => {
    const [startX, startY] = points[i];
    const [dx, dy] = [endX - startX, endY - startY];
    const share = Math.max(0, Math.min(1, ((x - startX) * dx + (y - startY) * dy) / (dx * dx + dy * dy || 1)));
    return Math.hypot(startX + share * dx - x, startY + share * dy - y);
  }));
}

function areaAt(description, { k, x, y }, [atX, atY]) {
  const point = [(atX - x) / k, (atY - y) / k];
  for (const { boundaries, areas } of layersOf(description, "areas")) {
    const shapes = map.shapes(boundaries);
    const found = areas.find(({ code }) => shapes.has(code) && map.holds(shapes.get(code), point));
    if (found) return { ...found, shape: shapes.get(found.code) };
  }
  return null;
}

/* Whether a point of the plane lies in a shape. */
map.holds = (shape, [x, y]) => {
  const [left, top, right, bottom] = shape.bounds;
  return x >= left && x <= right && y >= top && y <= bottom && scratch.isPointInPath(map.outlineOf(shape), x, y);
};

/* Everything on a map that can be chosen, in the order of its list: {code, lines} and what says where
   it is, a shape, a point in degrees, or the middle of a tile. */
map.places = (description) => [
  ...layersOf(description, "areas").flatMap(({ boundaries, areas }) => areas
    .filter(({ code }) => map.shapes(boundaries).has(code))
    .map((area) => ({ ...area, shape: map.shapes(boundaries).get(area.code) }))),
  ...layersOf(description, "nodes").flatMap(({ nodes }) => nodes),
  ...(description.margin?.entries || []).filter(({ code }) => code),
  ...tilesOf(description),
];

/* A point that lies in such a thing, on the plane. */
map.pointOf = function (place) {
  if (place.at) return place.at;
  if (place.point) return map.onPlane(place.point);
  return inside(place.shape);
};

/* A point well inside of a shape: the cell of a grid over it that is farthest from any cell outside,
   which two sweeps find. */
function inside(shape) {
  const [left, top, right, bottom] = shape.bounds;
  const [across, down] = [(right - left) / CELLS, (bottom - top) / CELLS];
  const at = (i) => [left + (i % CELLS + 0.5) * across, top + (Math.floor(i / CELLS) + 0.5) * down];
  const far = Array.from({ length: CELLS * CELLS }, (_, cell) => (map.holds(shape, at(cell)) ? Infinity : 0));
  const sweep = (cells, before) => cells.forEach((i) => {
    const edge = i % CELLS === (before < 0 ? 0 : CELLS - 1);
    const side = edge ? 0 : far[i + before];
    const row = far[i + before * CELLS] || 0;
    far[i] = Math.min(far[i], side + across, row + down);
  });
  const order = far.map((_, i) => i);
  sweep(order, -1);
  sweep(order.reverse(), 1);
  return at(far.indexOf(Math.max(...far)));
}
