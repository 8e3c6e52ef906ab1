/* The inset of a map of flows: Bangladesh at a scale of its own while the map looks from afar. What lies
   inside it is drawn there and what crosses its border on the map. It stands where fewest flows lie, for
   as long as nobody brings the map as close as the inset. */
(function (atlas) {
  "use strict";
  atlas.map ??= {};
  const { map } = atlas;
  const EDGE = 10;
  const TITLE = 20;
  map.INSET_TITLE = TITLE;
  /* Height as a share of the room, its least and most in pixels, and width as a share of it. */
  const HIGH = 0.56;
  const LEAST = 235;
  const MOST = 290;
  const WIDE = 0.74;
  /* More of a room than this is never covered. */
  const COVERED = 1 / 3;
  /* A map this close to the scale of the inset needs none. */
  const CLOSE = 0.75;
  const STEP = 20;
  const ALONG = 12;
  /* What it costs to cover a place: one abroad, one at home, one of faint flows, and the room of a name. */
  const COSTS = { far: 120, home: 25, faint: 6, name: 12 };
  const NAME = 110;
  const NOTE = { edge: 8, line: 15, least: 0.7 };
  const parted = new WeakMap();
  const placed = new WeakMap();

  /* A description as the map shows it beside an inset, as the inset does, and as a map from afar does that
     has no room for one: {far, near, all}. */
  map.partsOf = function (description) {
    if (!parted.has(description)) parted.set(description, parts(description));
    return parted.get(description);
  };

  function parts(description) {
    const layerOf = (kind) => description.layers.find((layer) => layer.kind === kind);
    const home = new Set(layerOf("nodes").nodes.filter((node) => node.home).map(({ code }) => code));
    const isInside = ({ ends }) => ends.every((code) => home.has(code));
    const changed = (lines, places, isNamed) => ({
      ...description, labels: description.labels.filter(isNamed),
      layers: [{ ...layerOf("flows"), flows: lines }, { ...layerOf("nodes"), nodes: places }],
    });
    const { flows } = layerOf("flows");
    const { nodes } = layerOf("nodes");
    const dotted = (node) => (node.home ? { ...node, radii: [0, 0], lit: isLit(node), edges: [] } : node);
    const shortened = (flow) => ({ ...flow, radii: flow.radii.map((radius, i) => (home.has(flow.ends[i]) ? 3 : radius)) });
    return {
      all: changed(flows.map(shortened), nodes.map(dotted), () => true),
      far: changed(flows.filter((flow) => !isInside(flow)).map(shortened), nodes.map(dotted), ({ code }) => !home.has(code)),
      near: changed(flows.filter(isInside), nodes.filter((node) => node.home), ({ code }) => home.has(code)),
    };
  }

  const isLit = ({ radii }) => radii.some(Boolean);

  /* Where the inset stands in a room and what it looks at: {x, y, width, height, view}; null where the map
     has none, has no room for one, or is closer. taken: boxes that it must not cover. */
  map.insetIn = function (description, view, room, narrow, taken) {
    if (!description.inset || narrow) return null;
    const key = `${room.width} ${room.height} ${taken.length}`;
    const known = placed.get(description);
    const found = known?.key === key ? known : { key: key, inset: place(description, room, taken) };
    placed.set(description, found);
    return found.inset && view.k < CLOSE * found.inset.view.k ? found.inset : null;
  };

  function place(description, room, taken) {
    const height = Math.round(Math.min(MOST, Math.max(LEAST, HIGH * room.height), room.height - 2 * EDGE));
    const width = Math.round(WIDE * height);
    if (width * height > COVERED * room.width * room.height) return null;
    const costs = weights(description, room);
    const free = spots(room, width, height).filter((box) => !taken.some((other) => map.meet(box, other)));
    const cost = (box) => costs.reduce((sum, [x, y, value]) =>
      sum + (x > box.x && x < box.x + width && y > box.y && y < box.y + height ? value : 0), fromCorner(box, room));
    const best = free.map((box) => ({ box: box, cost: cost(box) })).sort((one, other) => one.cost - other.cost)[0];
    if (!best) return null;
    const inside = { width: width, height: height - TITLE };
    const fitted = map.fit(description.inset.box, inside);
    return { ...best.box, view: { ...fitted, y: fitted.y + TITLE } };
  }

  const steps = (most) => [...Array.from({ length: Math.max(1, Math.ceil((most - EDGE) / STEP)) }, (_, i) => EDGE + i * STEP), Math.max(EDGE, most)];

  function spots(room, width, height) {
    return steps(room.width - width - EDGE).flatMap((x) =>
      steps(room.height - height - EDGE).map((y) => ({ x: x, y: y, width: width, height: height })));
  }

  /* Of two places that cover as much the one nearer to a corner. */
  function fromCorner({ x, y, width, height }, room) {
    const across = Math.min(x, room.width - x - width);
    const down = Math.min(y, room.height - y - height);
    return 0.05 * (across + down);
  }

  /* Points of a room with what it costs to cover them. */
  function costOf(node) {
    if (isLit(node)) return COSTS.far;
    return node.lit ? COSTS.home : COSTS.faint;
  }

  function weights(description, room) {
    const view = map.home(description, room, false);
    const { far } = map.partsOf(description);
    const [{ flows, widths }, { nodes }] = far.layers;
    const lines = flows.flatMap((flow) => map.along(map.curveOf(flow, widths[flow.width], view), ALONG)
      .map(([x, y]) => [x, y, flow.faint ? 0.3 : 1 + flow.width]));
    const places = nodes.map((node) => [...map.onRoom(node.point, view), costOf(node)]);
    const names = nodes.filter(isLit).flatMap((node) => {
      const [x, y] = map.onRoom(node.point, view);
      return [-1, -0.5, 0.5, 1].map((side) => [x + side * NAME, y, COSTS.name]);
    });
    return [...lines, ...places, ...names];
  }

  /* Whether two boxes, given by their left upper corner, have anything in common. */
  map.meet = (one, other) => one.x < other.x + other.width && other.x < one.x + one.width
    && one.y < other.y + other.height && other.y < one.y + one.height;

  /* What is said in its place on a map that has no room for it and looks from afar: {box, marks}. */
  map.insetNote = function ({ inset, inks }, view, room) {
    if (!inset || view.k > NOTE.least * map.fit(inset.box, room).k) return null;
    const lines = map.linesOf(inset.note, room.width * 0.6, map.FONTS.entry);
    const wide = Math.max(...lines.map((line) => map.widthOf(line, map.FONTS.entry)));
    const box = { x: EDGE, width: wide + 2 * NOTE.edge, height: lines.length * NOTE.line + 2 * NOTE.edge };
    box.y = room.height - box.height - EDGE;
    return { box: box, marks: [
      { mark: "box", ...box, radius: 4, fill: inks.panel, line: inks.frame, wide: 1 },
      ...lines.map((line, i) => map.textMark(line, map.FONTS.entry, box.x + NOTE.edge, box.y + NOTE.edge + (i + 0.5) * NOTE.line, inks.name)),
    ] };
  };

  /* Its frame and its name, over what is drawn in it. */
  map.insetFrame = function ({ inset: { title }, inks }, { width, height }) {
    const font = map.FONTS.title;
    return [
      { mark: "box", x: 0, y: 0, width: map.widthOf(title, font) + 16, height: TITLE, radius: 3, fill: inks.panel },
      map.textMark(title, font, 8, TITLE / 2, inks.text),
      { mark: "box", x: 0.5, y: 0.5, width: width - 1, height: height - 1, radius: 3, line: inks.borders, wide: 1 },
    ];
  };
})(window.atlas);
