/* The paper of a picture: its size, its inks, and how a mark is put on it. Always light. */
(function (atlas) {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  atlas.pictures ??= {};
  const { pictures } = atlas;

  pictures.WIDTH = 1600;
  pictures.HEIGHT = 960;
  /* What could not be read in that height makes its picture so much higher at most. */
  pictures.GROWN = 540;
  pictures.SCALE = 2;
  pictures.EDGE = 56;
  pictures.INNER = pictures.WIDTH - 2 * pictures.EDGE;
  /* As the style sheet has them; the first two it may have to fetch, others are the reader's own. */
  pictures.FAMILY = window.getComputedStyle(document.documentElement).getPropertyValue("--sa-font")
    .replace(/\s*,\s*/g, ",").trim();
  pictures.FACES = pictures.FAMILY.split(",").slice(0, 2).join(",");
  pictures.INK = { text: "#12202E", second: "#43566A", third: "#5B6C7D", line: "#D3DAE0",
    accent: "#0B5CAD", warn: "#80530A", warnSoft: "#FBF1DC", surface: "#FFFFFF" };

  /* One element of SVG with its attributes and children; texts become text nodes. */
  pictures.mark = function (name, attributes, ...children) {
    const node = document.createElementNS(SVG, name);
    Object.entries(attributes || {}).forEach(([key, value]) => {
      if (value !== null && value !== undefined) node.setAttribute(key, value);
    });
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  };

  /* SVG that came as text, ready to be put on the paper. */
  pictures.parsed = function (text) {
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
    if (parsed.querySelector("parsererror")) throw new Error("a part of the picture is not SVG");
    return document.importNode(parsed.documentElement, true);
  };

  pictures.box = (x, y, width, height, fill, more) =>
    pictures.mark("rect", { x: round(x), y: round(y), width: round(width), height: round(height), fill: fill, ...more });

  const round = (number) => Math.round(number * 100) / 100;
  pictures.round = round;
})(window.atlas);
