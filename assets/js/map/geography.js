/* Geography: boundary files, read by their address when a map first needs them, and kept. A shape is
   one feature on the plane, which is Mercator around Bangladesh, so that numbers are small and exact
   where readers look closest. */
(function (atlas) {
  "use strict";
  atlas.map ??= {};
  const { map } = atlas;
  const { d3 } = window;
  /* A unit of the plane is a pixel at this zoom of 512-pixel tiles. */
  const ZOOM = 6;
  const SCALE = 512 * 2 ** ZOOM / (2 * Math.PI);
  const MIDDLE = [90.4, 23.7];
  /* What every map stands on. */
  const GROUND = ["countries", "adm1", "lakes", "borders", "labels"];
  const coming = new Map();
  const known = {};

  const mercator = () => d3.geoMercator().center(MIDDLE).precision(0);
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
      d3.geoPath(plane, shape.outline)(shape.feature);
    }
    return shape.outline;
  };

  const filesOf = (description) =>
    [...new Set([...GROUND, ...description.layers.map((layer) => layer.boundaries).filter(Boolean)])];

  /* True when all files of a map are here. */
  map.isKnown = (description) => filesOf(description).every((name) => known[name]);

  /* Resolves when all files of a map are here. */
  map.learn = (description) => Promise.all(filesOf(description).map(learned));

  /* Shapes or points of a file that is here, by their code. */
  map.shapes = (name) => known[name];

  /* A file that did not come is asked for again the next time. */
  function learned(name) {
    if (!coming.has(name)) {
      const reading = fetched(name).then((shapes) => { known[name] = shapes; });
      reading.catch(() => coming.delete(name));
      coming.set(name, reading);
    }
    return coming.get(name);
  }

  async function fetched(name) {
    const mark = atlas.settings.geography ? `?v=${atlas.settings.geography}` : "";
    const answer = await fetch(`/geography/${name}.geojson${mark}`);
    if (!answer.ok) throw new Error(`geography ${name}: ${answer.status}`);
    const { features } = await answer.json();
    return new Map(features.map((feature) => [feature.id, shapeOf(feature)]));
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
})(window.atlas);
