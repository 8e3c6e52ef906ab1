/* Flows of a map: curves with chevrons and an arrow, and places as two halves of a circle, the upper one
   for who leave and the lower one for who arrive. Lines join places; they are never paths. */
import { map } from "./map.js";

/* Lines of flows bend to the left of their way, so that there and back lie apart. */
const BEND = 0.16;
const OPACITY = 0.85;
const LINE = 1.6;
const DOT = { radius: 3, wide: 1.4 };
/* Chevrons: how far apart on a line, how many at most, and pieces of a curve to find them by. */
const APART = 84;
const MOST = 4;
const STEPS = 24;
/* Corners of half a circle. */
const CORNERS = 16;

/* Degrees to pixels of a room. */
map.onRoom = function (point, { k, x, y }) {
  const [left, top] = map.onPlane(point);
  return [left * k + x, top * k + y];
};

/* The curve of a flow in pixels: its start, what it bends towards, and its end, both at the edge of
   their circles; an arrow takes the last pixels. */
map.curveOf = function (flow, width, view) {
  const [start, end] = [map.onRoom(flow.start, view), map.onRoom(flow.end, view)];
  const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
  const control = [start[0] + dx / 2 + dy * 2 * BEND, start[1] + dy / 2 - dx * 2 * BEND];
  const long = Math.hypot(dx, dy);
  const arrow = Math.min(6 + 1.6 * width, long / 2.5);
  const [from, to] = flow.radii.map((radius) => Math.min(radius + 1.5, long / 5));
  const tip = towards(end, control, to);
  return { start: towards(start, control, from), control: control, tip: tip, end: towards(tip, control, arrow * 0.8), arrow: arrow };
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

map.flowMarks = function ({ groups, widths, flows }, view, inks) {
  return flows.flatMap((flow) => marksOf(flow, widths[flow.width], groups[flow.group], view, inks));
};

function marksOf(flow, wide, { line, dash }, view, inks) {
  const curve = map.curveOf(flow, wide, view);
  const { start, control, end, tip, arrow } = curve;
  const back = towards(tip, control, arrow);
  const [ux, uy] = [(tip[0] - back[0]) / arrow, (tip[1] - back[1]) / arrow];
  const half = arrow * 0.42 + wide * 0.1;
  return [
    { mark: "path", steps: [["M", ...start], ["Q", ...control, ...end]], line: line, wide: wide,
      opacity: flow.faint ? null : OPACITY, dash: dash.map((part) => part * wide) },
    { mark: "path", steps: [["M", ...tip], ["L", back[0] - uy * half, back[1] + ux * half],
      ["L", back[0] + uy * half, back[1] - ux * half], ["Z"]], fill: line },
    ...(flow.faint ? [] : chevrons(curve, wide, line, inks.surface)),
  ];
}

/* Where a line goes is read anywhere along it. */
function chevrons(curve, wide, line, rim) {
  const points = map.along(curve, STEPS);
  const far = [0];
  points.slice(1).forEach(([x, y], i) => far.push(far[i] + Math.hypot(x - points[i][0], y - points[i][1])));
  const count = Math.min(MOST, Math.floor(far[STEPS] / APART));
  return Array.from({ length: count }, (_, i) => {
    const wanted = far[STEPS] * (i + 1) / (count + 1);
    const at = far.findIndex((value) => value >= wanted);
    const [[fromX, fromY], [toX, toY]] = [points[at - 1], points[at]];
    const long = Math.hypot(toX - fromX, toY - fromY) || 1;
    const [ux, uy] = [(toX - fromX) / long, (toY - fromY) / long];
    const size = 3.4 + wide * 0.75;
    const corner = (along, across) => ["L", toX + ux * along * size - uy * across * size, toY + uy * along * size + ux * across * size];
    const [, ...first] = corner(0.75, 0);
    return { mark: "path", steps: [["M", ...first], corner(-0.75, 0.85), corner(-0.25, 0), corner(-0.75, -0.85), ["Z"]],
      fill: line, line: rim, wide: 1 };
  });
}

/* Places of faint flows lie below all others. */
map.nodeMarks = function ({ nodes, line, fill, faint }, view) {
  const isDot = ({ radii }) => radii.every((radius) => radius === 0);
  const dots = nodes.filter(isDot).map((node) => {
    const [x, y] = map.onRoom(node.point, view);
    return { mark: "circle", x: x, y: y, radius: DOT.radius, fill: fill, line: node.lit ? line : faint, wide: DOT.wide };
  });
  return [...dots, ...nodes.filter((node) => !isDot(node)).flatMap((node) =>
    map.halves(map.onRoom(node.point, view), node.radii, { line: line, fill: fill }))];
};

/* Two halves of circles around a point: a full one above, an empty one below. */
map.halves = ([x, y], [above, below], { line, fill }) => [[below, 0, fill], [above, Math.PI, line]]
  .map(([radius, from, inside]) => ({
    mark: "path", fill: inside, line: line, wide: LINE,
    steps: [...Array.from({ length: CORNERS + 1 }, (_, i) => {
      const angle = from + Math.PI * i / CORNERS;
      return [i ? "L" : "M", x + Math.max(radius, 1) * Math.cos(angle), y + radius * Math.sin(angle)];
    }), ["Z"]],
  }));

/* How far a place reaches from its point. */
map.reachOf = ({ radii }) => Math.max(...radii, DOT.radius);
