/* Marks of a document that a browser has laid out: its boxes, icons, images and lines of text. */
(function (atlas) {
  "use strict";
  atlas.pictures ??= {};
  const { pictures } = atlas;
  const SIDES = ["Top", "Right", "Bottom", "Left"];
  const DASHES = { dashed: "3 2", dotted: "1 2" };
  const inks = new Map();
  const drop = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

  /* Everything that can be seen in an element, with its upper left corner at the origin. */
  pictures.painted = function (element) {
    const corner = element.getBoundingClientRect();
    const place = { view: element.ownerDocument.defaultView, x: corner.left, y: corner.top };
    return painted(element, place);
  };

  function painted(element, place) {
    const style = place.view.getComputedStyle(element);
    if (isUnseen(style)) return [];
    const rect = element.getBoundingClientRect();
    const area = { x: rect.left - place.x, y: rect.top - place.y, width: rect.width, height: rect.height };
    const icon = style.maskImage.match(/url\("(.+?)"\)/);
    if (icon) return [iconMark(icon[1], area, inkOf(style.backgroundColor).colour)];
    if (element.localName === "img") return [imageMark(element, area)];
    const marks = [...boxMarks(element, area, style), ...borders(area, style), ...insideOf(element, style, place)];
    const opacity = Number(style.opacity);
    return opacity < 1 && marks.length ? [pictures.mark("g", { opacity: opacity }, ...marks)] : marks;
  }

  const isUnseen = (style) =>
    style.display === "none" || style.visibility === "hidden" || style.clipPath === "inset(50%)";

  function insideOf(element, style, place) {
    const marks = [];
    for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) marks.push(...textMarks(child, style, place));
      else if (child.nodeType === Node.ELEMENT_NODE) marks.push(...painted(child, place));
    }
    return marks;
  }

  /* A colour as every program reads it: six digits and an opacity. */
  function inkOf(css) {
    if (!inks.has(css)) {
      drop.clearRect(0, 0, 1, 1);
      drop.fillStyle = css;
      drop.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = drop.getImageData(0, 0, 1, 1).data;
      const colour = `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
      inks.set(css, { colour: colour, opacity: pictures.round(alpha / 255) });
    }
    return inks.get(css);
  }

  /* --- boxes ------------------------------------------------------------------------------------ */
  function boxMarks(element, area, style) {
    const ink = inkOf(style.backgroundColor);
    if (!ink.opacity) return [];
    const turned = style.transform !== "none";
    const [width, height] = turned ? [element.offsetWidth, element.offsetHeight] : [area.width, area.height];
    const middle = [area.x + area.width / 2, area.y + area.height / 2].map(pictures.round);
    const [x, y] = turned ? [-width / 2, -height / 2] : [area.x, area.y];
    const radius = corner(style, width, height);
    const more = {
      rx: radius ? pictures.round(radius) : null,
      "fill-opacity": ink.opacity < 1 ? ink.opacity : null,
      transform: turned ? `translate(${middle.join(" ")}) ${turnOf(style)}` : null,
    };
    const box = pictures.box(x, y, width, height, ink.colour, more);
    return style.backgroundImage.startsWith("repeating-linear-gradient") ? [box, hatch(area)] : [box];
  }

  /* What turns a box; where that moves it to, its place on the page tells already. */
  function turnOf(style) {
    const { a, b, c, d } = new DOMMatrix(style.transform);
    return `matrix(${[a, b, c, d, 0, 0].map(pictures.round).join(" ")})`;
  }

  const corner = (style, width, height) => {
    const css = style.borderTopLeftRadius;
    const radius = css.endsWith("%") ? parseFloat(css) * width / 100 : parseFloat(css);
    return Math.min(radius, width / 2, height / 2);
  };

  /* Stripes over a box: the same meaning as on the screen, drawn as lines that any program reads. */
  function hatch(area) {
    const path = [];
    for (let at = -area.height; at < area.width; at += 4) {
      const start = Math.max(0, at);
      const end = Math.min(area.width, at + area.height);
      path.push(`M${[area.x + start, area.y + area.height - (start - at)].map(pictures.round).join(" ")}`
        + `L${[area.x + end, area.y + area.height - (end - at)].map(pictures.round).join(" ")}`);
    }
    return pictures.mark("path", { d: path.join(""), stroke: "#FFFFFF", "stroke-opacity": 0.75, "stroke-width": 1.5, fill: "none" });
  }

  function borders(area, style) {
    const sides = SIDES.map((side) => ({ width: parseFloat(style[`border${side}Width`]),
      colour: inkOf(style[`border${side}Color`]).colour, style: style[`border${side}Style`],
      opacity: inkOf(style[`border${side}Color`]).opacity }));
    const isDrawn = sides.map((side) => side.width > 0 && side.style !== "none" && side.opacity > 0);
    if (isDrawn.every(Boolean) && sides.every((side) => side.colour === sides[0].colour)) {
      const inset = sides[0].width / 2;
      const rx = pictures.round(Math.max(0, corner(style, area.width, area.height) - inset));
      return [pictures.box(area.x + inset, area.y + inset, area.width - 2 * inset, area.height - 2 * inset, "none",
        { stroke: sides[0].colour, "stroke-width": sides[0].width, rx: rx || null,
          "stroke-dasharray": DASHES[sides[0].style] })];
    }
    const { x, y, width, height } = area;
    const edges = [
      (t) => [x, y, width, t], (t) => [x + width - t, y, t, height],
      (t) => [x, y + height - t, width, t], (t) => [x, y, t, height],
    ];
    return edges.flatMap((edge, i) => (isDrawn[i] ? [pictures.box(...edge(sides[i].width), sides[i].colour)] : []));
  }

  /* --- icons and images --------------------------------------------------------------------------- */
  function iconMark(address, area, colour) {
    const icon = fitted(drawingIn(address), area);
    icon.setAttribute("stroke", colour);
    return icon;
  }

  function imageMark(image, area) {
    if (image.src.startsWith("data:image/svg+xml")) return fitted(drawingIn(image.src), area);
    return pictures.mark("image", { href: image.src, ...area });
  }

  /* The drawing that is written into an address; style sheets hold their icons so (dashboard.bundles). */
  function drawingIn(address) {
    return pictures.parsed(decodeURIComponent(address.slice(address.indexOf(",") + 1)));
  }

  function fitted(drawing, area) {
    Object.entries(area).forEach(([name, value]) => drawing.setAttribute(name, pictures.round(value)));
    return drawing;
  }

  /* --- text ----------------------------------------------------------------------------------------- */
  function textMarks(node, style, place) {
    if (!node.data.trim()) return [];
    const look = {
      size: parseFloat(style.fontSize), weight: Number(style.fontWeight), italic: style.fontStyle === "italic",
      colour: inkOf(style.color).colour, spacing: parseFloat(style.letterSpacing) || 0, anchor: anchorOf(style),
    };
    const { above, below } = pictures.heightOf(look);
    return linesOf(node).map((line) => {
      const text = style.textTransform === "uppercase" ? line.said.toLocaleUpperCase() : line.said;
      const x = { start: line.left, middle: (line.left + line.right) / 2, end: line.right }[look.anchor];
      const base = (line.top + line.bottom) / 2 + (above - below) / 2;
      return pictures.line(text.trim(), x - place.x, base - place.y, look);
    });
  }

  /* Numbers stay in line at their right even where another font is used. */
  function anchorOf(style) {
    if (style.textAlign === "right" || style.textAlign === "end") return "end";
    return style.textAlign === "center" ? "middle" : "start";
  }

  /* Lines of a text node as they were broken, with the place of each. */
  function linesOf(node) {
    const range = node.ownerDocument.createRange();
    const lines = [];
    for (const { index, segment } of new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(node.data)) {
      range.setStart(node, index);
      range.setEnd(node, index + segment.length);
      const rect = range.getClientRects()[0];
      if (rect) join(lines, segment, rect);
    }
    return lines;
  }

  /* A letter goes on with the last line or begins another; none begins with a space. */
  function join(lines, letter, rect) {
    const line = lines.at(-1);
    const isSpace = letter.trim() === "";
    if (line && Math.abs(line.top - rect.top) < rect.height / 2) {
      line.said += letter;
      if (!isSpace) Object.assign(line, { left: Math.min(line.left, rect.left), right: Math.max(line.right, rect.right) });
    } else if (!isSpace) {
      lines.push({ said: letter, left: rect.left, right: rect.right, top: rect.top, bottom: rect.bottom });
    }
  }
})(window.atlas);
