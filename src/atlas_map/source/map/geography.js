/* Geography: boundary files, read by their address when a map first needs them, and kept. Most come
   as the lines that their shapes share (arcs.js). A shape is one feature on the plane, which is
   Mercator around one point on land, so that numbers are small and exact. */
import { geoMercator, geoPath } from "../d3-atlas.min.js";
import { map } from "./map.js";

/* A unit of the plane is a pixel at this zoom of 512-pixel tiles. */
const ZOOM = 6;
const SCALE = 512 * 2 ** ZOOM / (2 * Math.PI);
const MIDDLE = [90.4, 23.7];
/* What every map stands on, and what it needs as well when it looks farther than the region. */
const GROUND = ["region", "adm1", "labels"];
const WORLD = ["countries", "lakes", "borders"];
const coming = new Map();
const known = {};
const boxes = {};

const mercator = () => geoMercator().center(MIDDLE).precision(0);
const plane = mercator().scale(SCALE).translate([0, 0]);

/* Degrees to the plane. */
map.onPlane = (point) => plane(point);

/* Zoom of 512-pixel tiles at so many pixels for a unit of the plane. */
map.zoomAt = (k) => ZOOM + Math.log2(k);

/* Degrees to pixels of a view; what lies outside of a frame is cut off. */
map.projected = (view, frame) => mercator().scale(SCALE * view.k).translate([view.x, view.y]).clipExtent(frame);

/* The outline of a shape on the plane, made when it is first drawn. */
map.outlineOf = function (shape) {
  if (!shape.outline) {
    shape.outline = new Path2D();
    geoPath(plane, shape.outline)(shape.feature);
  }
  return shape.outline;
};

const filesOf = (description) =>
  [...new Set([...GROUND, ...[description, description.beside].flatMap((one) => one?.layers || [])
    .map((layer) => layer.boundaries).filter(Boolean)])];

const isWorldKnown = () => WORLD.every((name) => known[name]);

/* True when all files of a map are here. */
map.isKnown = (description) => !description.ground || (filesOf(description).every((name) => known[name])
  && (isNear(description.box) || isWorldKnown()));

/* Resolves when all files of a map are here; one without ground needs none. */
map.learn = async function (description) {
  if (!description.ground) return;
  await Promise.all(filesOf(description).map(learned));
  if (!isNear(description.box)) await map.learnWorld();
};

/* Resolves when the ground of maps is here, wherever they look. */
map.learnWorld = () => Promise.all(WORLD.map(learned));

/* Whether a box of degrees (west, south, east, north) lies in the region. */
function isNear([west, south, east, north]) {
  const [left, bottom, right, top] = boxes.region;
  return west >= left && south >= bottom && east <= right && north <= top;
}

/* Whether a room shows the region and nothing beyond. */
function isInRegion({ k, x, y }, { width, height }) {
  const [left, bottom, right, top] = boxes.region;
  const [[west, north], [east, south]] = [map.onPlane([left, top]), map.onPlane([right, bottom])];
  return -x / k >= west && -y / k >= north && (width - x) / k <= east && (height - y) / k <= south;
}

/* Whether what a room shows of the ground is here. */
map.hasGround = (view, room) => isWorldKnown() || isInRegion(view, room);

/* Shapes of a layer of the world for a room; while the world is on its way, those of the region. */
map.ground = (layer, view, room) => (isWorldKnown() && !isInRegion(view, room) ? [...known[layer].values()]
  : [...known.region.values()].filter((shape) => shape.layer === layer));

/* Shapes or points of a file that is here, by their code. */
map.shapes = (name) => known[name];

/* A file that did not come is asked for again the next time. */
function learned(name) {
  if (!coming.has(name)) {
    const reading = map.shapesOf(name, fetched).then(({ bbox, features }) => {
      boxes[name] = bbox;
      known[name] = new Map(features.map((feature) => [feature.id, shapeOf(feature)]));
    });
    reading.catch(() => coming.delete(name));
    coming.set(name, reading);
  }
  return coming.get(name);
}

async function fetched(file) {
  const address = map.geography.replace("{file}", file);
  const answer = await fetch(address);
  // Dash answers an address that it does not know with a page.
  const read = answer.ok ? await answer.json().catch(() => null) : null;
  if (!read) throw new Error(`no boundary file at ${address}: ${answer.status}`);
  return read;
}

function shapeOf(feature) {
  const { id, properties, geometry } = feature;
  if (geometry.type === "Point") return { ...properties, code: id, point: plane(geometry.coordinates) };
  if (geometry.type.endsWith("Polygon")) turn(geometry);
  return { ...properties, code: id, feature: feature, bounds: boundsOf(geometry.coordinates), outline: null };
}

/* The rings of the files wind the other way than d3 wants, for which the inside would be outside. */
function turn({ type, coordinates }) {
  (type === "Polygon" ? [coordinates] : coordinates).forEach((rings) => rings.forEach((ring) => ring.reverse()));
}

/* Left, top, right and bottom on the plane. */
function boundsOf(coordinates) {
  let [west, south, east, north] = [180, 85, -180, -85];
  const widen = (part) => {
    if (typeof part[0] !== "number") { part.forEach(widen); return; }
    west = Math.min(west, part[0]);
    east = Math.max(east, part[0]);
    south = Math.min(south, part[1]);
    north = Math.max(north, part[1]);
  };
  widen(coordinates);
  const [left, top] = plane([west, Math.min(north, 85)]);
  const [right, bottom] = plane([east, Math.max(south, -85)]);
  return [left, top, right, bottom];
}
