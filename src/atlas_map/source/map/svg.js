/* The writer of pictures and paper: marks as SVG that any program reads. Shapes are cut at the edge of
   the map, colours and their opacity stand apart, and what is behind letters is a text of its own. */
import { geoPath } from "../d3-atlas.min.js";
import { map } from "./map.js";

const SVG = "http://www.w3.org/2000/svg";
/* Shapes are cut this far outside, so that no line is seen along the cut. */
const BEYOND = 8;
const SEEN_THROUGH = /^rgba\((.+),\s*([\d.]+)\)$/;

const round = (number) => Math.round(number * 100) / 100;

function element(name, attributes, ...children) {
  const node = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => {
    if (value !== null && value !== undefined) node.setAttribute(key, value);
  });
  node.append(...children);
  return node;
}

/* The drawing as an element of SVG of its own size. */
map.toSvg = function (drawing) {
  const { width, height, room, view } = drawing;
  const path = outlines(view, room);
  const marks = (list) => list.flatMap((mark) => WRITERS[mark.mark](mark, path));
  const colours = new Set([...drawing.inside, ...drawing.outside].map((mark) => mark.dots).filter(Boolean));
  return element("svg", { xmlns: SVG, width: width, height: height, viewBox: `0 0 ${width} ${height}`, "font-family": map.FAMILY },
    ...(colours.size ? [element("defs", {}, ...[...colours].map(pattern))] : []),
    element("svg", { x: 0, y: 0, width: room.width, height: round(room.height), overflow: "hidden" }, ...marks(drawing.inside)),
    ...marks(drawing.outside));
};

function outlines(view, { width, height }) {
  const frame = [[-BEYOND, -BEYOND], [width + BEYOND, height + BEYOND]];
  return geoPath(map.projected(view, frame)).digits(1);
}

const WRITERS = {
  inset({ x, y, width, height, view, marks }) {
    const path = outlines(view, { width: width, height: height });
    return [element("svg", { x: round(x), y: round(y), width: round(width), height: round(height), overflow: "hidden" },
      ...marks.flatMap((mark) => WRITERS[mark.mark](mark, path)))];
  },
  shape(mark, path) {
    const outline = path(mark.shape.feature);
    return outline ? drawn("path", { d: outline }, mark) : [];
  },
  path: (mark) => drawn("path", { d: mark.steps.map(([step, ...at]) => `${step}${at.map(round).join(" ")}`).join("") }, mark),
  circle: (mark) => drawn("circle", { cx: round(mark.x), cy: round(mark.y), r: mark.radius }, mark),
  box: (mark) => drawn("rect", { x: round(mark.x), y: round(mark.y), width: round(mark.width), height: round(mark.height),
    rx: mark.radius || null }, mark),
  text(mark) {
    const { colour, opacity } = inkOf(mark.halo || "");
    const behind = mark.halo ? [text(mark, { "aria-hidden": "true", fill: "none", stroke: colour, "stroke-opacity": opacity,
      "stroke-width": mark.wide, "stroke-linejoin": "round" })] : [];
    return [...behind, text(mark, { fill: mark.ink })];
  },
};

const patternOf = (colour) => `dots-${colour.slice(1)}`;

function pattern(colour) {
  const { apart, radius } = map.DOTS;
  return element("pattern", { id: patternOf(colour), width: apart, height: apart, patternUnits: "userSpaceOnUse" },
    element("circle", { cx: apart / 2, cy: apart / 2, r: radius, fill: colour }));
}

/* A form in its inks, and its dots upon it. */
const drawn = (name, form, mark) => [element(name, { ...form, ...inks(mark) }),
  ...(mark.dots ? [element(name, { ...form, fill: `url(#${patternOf(mark.dots)})` })] : [])];

/* Every run says where it begins, so nothing depends on how a program keeps spaces. */
function text(mark, look) {
  const run = ({ said, font, from }) => element(mark.runs.length > 1 ? "tspan" : "text", {
    x: round(mark.x + from), y: round(mark.y), "font-size": font.size, "font-weight": font.weight,
    "font-style": font.italic ? "italic" : null, "letter-spacing": font.spacing || null,
    ...(mark.runs.length > 1 ? {} : look),
  }, said);
  return mark.runs.length > 1 ? element("text", look, ...mark.runs.map(run)) : run(mark.runs[0]);
}

function inkOf(value) {
  const [, inside, opacity] = SEEN_THROUGH.exec(value) || [];
  return inside ? { colour: `rgb(${inside})`, opacity: opacity } : { colour: value, opacity: null };
}

function inks(mark) {
  const fill = inkOf(mark.fill || "none");
  const line = inkOf(mark.line || "none");
  return {
    fill: fill.colour, "fill-opacity": fill.opacity,
    stroke: mark.line ? line.colour : null, "stroke-opacity": line.opacity,
    "stroke-width": mark.line ? mark.wide : null,
    "stroke-linejoin": mark.line ? "round" : null,
    "stroke-dasharray": mark.line && mark.dash?.length ? mark.dash.map(round).join(" ") : null,
    opacity: mark.opacity || null,
  };
}
