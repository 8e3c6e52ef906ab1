/* Pictures: a card as one drawing in SVG, saved as it is or as a PNG of the size that paper.js gives.
   Drawn in the browser alone; everything a reader needs to trust it is inside. */
(function (atlas) {
  "use strict";
  atlas.pictures ??= {};
  const { pictures } = atlas;
  const KINDS = { png: "image/png", svg: "image/svg+xml" };
  /* Side of the squares below the sheet in which fonts are tried, and how long they may take. */
  const SQUARE = 24;
  const PATIENCE = 15000;

  /* Draw a card and save it; resolves to the file's name.
     kind: png or svg; name: the file's name without its ending. */
  atlas.picture = async function (card, kind, name) {
    const drawing = await pictures.composed(card);
    const vector = new Blob([new XMLSerializer().serializeToString(drawing)], { type: KINDS.svg });
    const file = `${name}.${kind}`;
    save(kind === "png" ? await pictures.described(await pictures.raster(drawing), card) : vector, file);
    return file;
  };

  /* The pixels of a card's picture, for the clipboard. */
  atlas.pixels = async (card) => pictures.raster(await pictures.composed(card));

  /* The whole drawing of a card, as an element of SVG. */
  pictures.composed = async function (card) {
    const { WIDTH, INK } = pictures;
    await pictures.lettersLoaded(card.textContent);
    const frame = pictures.frame(card);
    const { inside, taken } = await body(card, frame.room);
    const grown = Math.max(0, Math.ceil(taken - frame.room.height));
    const height = pictures.HEIGHT + grown;
    const drawing = pictures.mark("svg", {
      xmlns: "http://www.w3.org/2000/svg",
      width: WIDTH, height: height, viewBox: `0 0 ${WIDTH} ${height}`,
      "font-family": pictures.FAMILY, role: "img", "xml:lang": document.documentElement.lang,
    });
    drawing.append(
      pictures.mark("title", {}, pictures.words(card, ".card-title")),
      pictures.mark("desc", {}, pictures.words(card, ".card-description")),
      pictures.box(0, 0, WIDTH, height, INK.surface),
      ...frame.marks,
      pictures.mark("g", { transform: `translate(0 ${grown})` }, ...frame.foot),
      inside,
    );
    drawing.prepend(await pictures.fonts(drawing));
    return drawing;
  };

  /* The figure and the height that it takes: {inside, taken}. */
  function body(card, room) {
    const figure = card.figure;
    return figure ? pictures.figure(card, room) : pictures.form(card, room);
  }

  /* The drawing as pixels: an image of it at double size on a canvas, as a PNG. */
  pictures.raster = async function (drawing) {
    const { WIDTH, SCALE } = pictures;
    const height = Number(drawing.getAttribute("height"));
    const large = drawing.cloneNode(true);
    const samples = pictures.samples(drawing, height, SQUARE);
    large.append(...samples);
    const tall = height + samples.length * SQUARE;
    large.setAttribute("viewBox", `0 0 ${WIDTH} ${tall}`);
    large.setAttribute("width", WIDTH * SCALE);
    large.setAttribute("height", tall * SCALE);
    const address = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(large)], { type: KINDS.svg }));
    try {
      const image = new Image();
      image.src = address;
      await image.decode();
      await lettersDrawn(image, height, samples.length);
      return await asPng(onCanvas(image, 0, WIDTH * SCALE, height * SCALE));
    } finally {
      URL.revokeObjectURL(address);
    }
  };

  /* An image is there before the fonts inside it are: wait until a letter of each face is drawn. */
  async function lettersDrawn(image, height, faces) {
    const side = SQUARE * pictures.SCALE;
    const missing = () => {
      const row = onCanvas(image, height * pictures.SCALE, side, faces * side);
      const pixels = row.getContext("2d").getImageData(0, 0, side, faces * side).data;
      return Array.from({ length: faces }, (_, i) => pixels.subarray(i * side * side * 4, (i + 1) * side * side * 4))
        .some((square) => !square.some((value) => value > 0));
    };
    const started = performance.now();
    while (missing()) {
      if (performance.now() - started > PATIENCE) throw new Error("the fonts of the picture did not come");
      await new Promise((resolve) => { window.setTimeout(resolve, 50); });
    }
  }

  /* A part of an image from a height on, at its own size. */
  function onCanvas(image, from, width, height) {
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    canvas.getContext("2d").drawImage(image, 0, -from);
    return canvas;
  }

  const asPng = (canvas) => new Promise((resolve, reject) => canvas.toBlob((blob) =>
    (blob ? resolve(blob) : reject(new Error("the picture is empty"))), KINDS.png));

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }
})(window.atlas);
