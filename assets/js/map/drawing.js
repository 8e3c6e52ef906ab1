/* The drawing of a map: a list of marks in pixels, the same for the canvas of the screen and for SVG.
   What is drawn is said by the description (figures/map_description.py); what is added is the ground,
   where it stands on one. */
(function (atlas) {
  "use strict";
  atlas.map ??= {};
  const { map } = atlas;
  const DISPUTED = [3, 2];
  /* Dots where nobody reports: pixels from one to the next, and their radius. */
  map.DOTS = { apart: 6, radius: 1.1 };
  /* Lines of flows bend to the left of their way, so that there and back lie apart. */
  const BEND = 0.16;
  const OPACITY = 0.85;
  const CIRCLE = { radius: 5.5, wide: 2 };

  /* The drawing in a room: {width, height, room, view, inside, outside}, where the marks inside are cut
     off at the room of the map. view: where it looks; none is the box of the description. */
  map.drawing = function (description, { width, height, narrow, view, pointed }) {
    const foot = map.foot(description, width, narrow);
    const room = { width: width, height: Math.max(1, height - foot.height) };
    const seen = view || map.home(description, room, narrow);
    return {
      width: width, height: height, room: room, view: seen,
      inside: [
        ...(description.ground ? ground(description, seen, room) : [{ mark: "box", x: 0, y: 0, ...room, fill: description.inks.surface }]),
        ...description.layers.filter((layer) => layer.boundaries).flatMap((layer) => LAYERS[layer.kind](layer, seen, room)),
        ...(description.ground ? borders(description.inks, seen, room) : []),
        ...description.layers.filter((layer) => !layer.boundaries).flatMap((layer) => LAYERS[layer.kind](layer, seen, room)),
        ...highlight(description, pointed, seen),
        ...(description.ground ? map.labelMarks(description, seen, room) : []),
        ...(narrow ? [] : map.legendBox(description, room)),
      ],
      outside: foot.marks(room.height),
    };
  };

  const seenIn = (shapes, view, room) => [...shapes].filter((shape) => map.isSeen(shape.bounds, view, room));
  const groundIn = (layer, view, room) => seenIn(map.ground(layer, view, room), view, room);
  const filled = (shape, fill) => ({ mark: "shape", shape: shape, fill: fill });
  const lined = (shape, line, wide, dash) => ({ mark: "shape", shape: shape, line: line, wide: wide, dash: dash });

  function ground({ inks }, view, room) {
    const divisions = seenIn(map.shapes("adm1").values(), view, room);
    return [
      { mark: "box", x: 0, y: 0, ...room, fill: inks.sea },
      ...groundIn("countries", view, room).filter(({ code }) => code !== "BD").map((shape) => filled(shape, inks.land)),
      ...divisions.map((shape) => filled(shape, inks.land)),
      ...groundIn("lakes", view, room).map((shape) => filled(shape, inks.sea)),
      ...divisions.map((shape) => lined(shape, inks.divisions, 0.6)),
    ];
  }

  const borders = (inks, view, room) => groundIn("borders", view, room)
    .map((shape) => lined(shape, inks.borders, 1, shape.kind === "disputed" ? DISPUTED : null));

  /* How each kind of layer is drawn. */
  const LAYERS = {
    areas({ boundaries, classes, areas }, view, room) {
      const shapes = map.shapes(boundaries);
      return areas.flatMap((area) => {
        const shape = shapes.get(area.code);
        if (!shape || !map.isSeen(shape.bounds, view, room)) return [];
        const look = classes[area.class];
        return [{ mark: "shape", shape: shape, fill: look.fillcolor, dots: look.dots, line: look.line, wide: 0.8,
          dash: look.dash }];
      });
    },
    outlines({ boundaries, codes, line, width }) {
      const shapes = map.shapes(boundaries);
      return codes.filter((code) => shapes.has(code)).map((code) => lined(shapes.get(code), line, width));
    },
    tiles(layer, view, room) {
      return map.tileMarks(layer, view, room);
    },
    flows(layer, view) {
      return layer.flows.flatMap((flow) => flowMarks(layer, flow, view));
    },
    nodes({ nodes, line, fill }, view) {
      return nodes.map(({ point }) => {
        const [x, y] = onRoom(point, view);
        return { mark: "circle", x: x, y: y, radius: CIRCLE.radius, fill: fill, line: line, wide: CIRCLE.wide };
      });
    },
  };

  function onRoom(point, { k, x, y }) {
    const [left, top] = map.onPlane(point);
    return [left * k + x, top * k + y];
  }

  /* The curve of a flow in pixels: its start, what it bends towards, and its end, both at the edge of
     their circles; an arrow takes the last pixels. */
  map.curveOf = function (flow, width, view) {
    const start = onRoom(flow.start, view);
    const end = onRoom(flow.end, view);
    const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
    const control = [start[0] + dx / 2 + dy * 2 * BEND, start[1] + dy / 2 - dx * 2 * BEND];
    const long = Math.hypot(dx, dy);
    const arrow = Math.min(6 + 1.6 * width, long / 2.5);
    const edge = Math.min(CIRCLE.radius + 1.5, long / 5);
    const tip = towards(end, control, edge);
    return { start: towards(start, control, edge), control: control, tip: tip, end: towards(tip, control, arrow * 0.8), arrow: arrow };
  };

  /* Points along a curve, both ends included. */
  map.along = ({ start, control, tip }, steps) => Array.from({ length: steps + 1 }, (_, i) => {
    const t = i / steps;
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t * t];
    return [a * start[0] + b * control[0] + c * tip[0], a * start[1] + b * control[1] + c * tip[1]];
  });

  function towards([x, y], [toX, toY], far) {
    const long = Math.hypot(toX - x, toY - y) || 1;
    return [x + (toX - x) / long * far, y + (toY - y) / long * far];
  }

  function flowMarks({ groups, widths }, flow, view) {
    const wide = widths[flow.width];
    const { line, dash } = groups[flow.group];
    const { start, control, end, tip, arrow } = map.curveOf(flow, wide, view);
    const back = towards(tip, control, arrow);
    const [ux, uy] = [(tip[0] - back[0]) / arrow, (tip[1] - back[1]) / arrow];
    const half = arrow * 0.42 + wide * 0.1;
    return [
      { mark: "path", steps: [["M", ...start], ["Q", ...control, ...end]], line: line, wide: wide, opacity: OPACITY,
        dash: dash.map((part) => part * wide) },
      { mark: "path", steps: [["M", ...tip], ["L", back[0] - uy * half, back[1] + ux * half],
        ["L", back[0] + uy * half, back[1] - ux * half], ["Z"]], fill: line },
    ];
  }

  /* What the pointer or the focus is on has a strong line; pictures have none. */
  function highlight({ inks }, pointed, view) {
    if (pointed?.at) return [map.tileOutline(pointed, view, inks.text, 1.8)];
    return pointed?.shape ? [lined(pointed.shape, inks.text, 1.8)] : [];
  }
})(window.atlas);
