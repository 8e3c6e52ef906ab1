/* Text of a picture: measured with room for other letters, broken into lines, never cut. */
(function (atlas) {
  "use strict";
  atlas.pictures ??= {};
  const { pictures } = atlas;
  const pen = document.createElement("canvas").getContext("2d");

  const font = (style) => `${style.italic ? "italic " : ""}${style.weight || 400} ${style.size}px ${pictures.FAMILY}`;

  /* Faces are loaded for the letters that are there, so that nothing is measured in another font. */
  pictures.lettersLoaded = (letters) => Promise.all(["400", "600", "700"].map((weight) =>
    document.fonts.load(`${weight} 20px ${pictures.FACES}`, letters || "a")));

  /* A program that does not read the fonts inside an SVG takes others: DejaVu Sans and Verdana, the
     widest of them, take so much more room than ours, in bold yet more. */
  const WIDER = { plain: 1.09, bold: 1.17 };

  pictures.widthOf = function (text, style) {
    pen.font = font(style);
    return pen.measureText(text).width * (style.weight > 500 ? WIDER.bold : WIDER.plain);
  };

  /* Height above and below the baseline of the product's font at a size. */
  pictures.heightOf = function (style) {
    pen.font = font(style);
    const measured = pen.measureText("Hg");
    return { above: measured.fontBoundingBoxAscent, below: measured.fontBoundingBoxDescent };
  };

  /* Lines of at most a width; a word that is longer than a line is broken between its letters.
     None begins with the sign of a percent. */
  pictures.linesOf = function (text, width, style) {
    const lines = [];
    let line = "";
    text.split(/\s+(?!%)/).filter(Boolean).forEach((word) => {
      const longer = line ? `${line} ${word}` : word;
      if (pictures.widthOf(longer, style) <= width) { line = longer; return; }
      if (line) lines.push(line);
      const pieces = broken(word, width, style);
      line = pieces.pop();
      lines.push(...pieces);
    });
    return line ? [...lines, line] : lines;
  };

  function broken(word, width, style) {
    if (pictures.widthOf(word, style) <= width) return [word];
    const pieces = [""];
    for (const { segment } of new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(word)) {
      const longer = pieces.at(-1) + segment;
      if (pieces.at(-1) && pictures.widthOf(longer, style) > width) pieces.push(segment);
      else pieces[pieces.length - 1] = longer;
    }
    return pieces;
  }

  /* One line of text at its baseline. */
  pictures.line = (text, x, y, style) => pictures.mark("text", look(style, x, y), text);

  /* Lines of text below each other, as one text; the first baseline is y. */
  pictures.block = (lines, x, y, step, style) => pictures.mark("text", look(style),
    ...lines.map((line, i) => pictures.mark("tspan", { x: pictures.round(x), y: pictures.round(y + i * step) }, line)));

  function look(style, x, y) {
    return {
      x: x === undefined ? null : pictures.round(x),
      y: y === undefined ? null : pictures.round(y),
      "font-size": pictures.round(style.size),
      "font-weight": style.weight || 400,
      "font-style": style.italic ? "italic" : null,
      "letter-spacing": style.spacing ? pictures.round(style.spacing) : null,
      "text-anchor": style.anchor && style.anchor !== "start" ? style.anchor : null,
      fill: style.colour || pictures.INK.text,
    };
  }
})(window.atlas);
