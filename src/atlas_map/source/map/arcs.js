/* Arcs: boundary files in which every line stands once, and their shapes as GeoJSON again. How they
   are written: tools/geography/arcs.py. A finer file holds only the lines that the coarser ones before
   it lack, so those are read with it. */
import { map } from "./map.js";

/* Files that come as arcs, each with the coarser one before it. Each says that too (after), but to
   know it here lets them come side by side. */
const BEFORE = { adm1: null, adm2: "adm1", adm3: "adm2", region: null, countries: null, borders: "countries" };
const coming = new Map();

/* Resolves to the features of a file and the box that it is about, where it says one. */
map.shapesOf = async function (name, fetched) {
  if (!(name in BEFORE)) return fetched(`${name}.geojson`);
  const { bbox, features, lines } = await unpacked(name, fetched);
  const shapes = features.map(({ id, properties = {}, areas, lines: own }) =>
    ({ type: "Feature", id: id, properties: properties,
      geometry: areas ? areaOf(areas, lines) : lineOf(own, lines) }));
  return { bbox: bbox, features: shapes };
};

/* A file with all lines that it counts, those of coarser files first. One that did not come is
   asked for again the next time. */
function unpacked(name, fetched) {
  if (!coming.has(name)) {
    const before = BEFORE[name] ? unpacked(BEFORE[name], fetched) : { lines: [] };
    const reading = Promise.all([before, fetched(`${name}.arcs.json`)]).then(([coarser, file]) =>
      ({ ...file, lines: [...coarser.lines, ...file.arcs.map((steps) => walked(steps, file.steps))] }));
    reading.catch(() => coming.delete(name));
    coming.set(name, reading);
  }
  return coming.get(name);
}

/* Points in degrees, from the first one and the steps that follow it. */
function walked(steps, size) {
  const points = [];
  let [x, y] = [0, 0];
  for (let at = 0; at < steps.length; at += 2) {
    x += steps[at];
    y += steps[at + 1];
    points.push([x / size, y / size]);
  }
  return points;
}

/* Lines one after the other, each from where the last one ended; those below zero run backwards. */
function joined(numbers, lines) {
  const points = [];
  for (const number of numbers) {
    const line = number < 0 ? [...lines[-1 - number]].reverse() : lines[number];
    points.push(...(points.length ? line.slice(1) : line));
  }
  return points;
}

const areaOf = (areas, lines) =>
  ({ type: "MultiPolygon", coordinates: areas.map((rings) => rings.map((ring) => joined(ring, lines))) });

const lineOf = (own, lines) => ({ type: "MultiLineString", coordinates: own.map((line) => joined(line, lines)) });
