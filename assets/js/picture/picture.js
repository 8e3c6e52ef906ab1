/* Pictures: a card as one drawing in SVG, saved as it is or as a PNG of 1600 x 960 at double size.
   Drawn in the browser alone; everything a reader needs to trust it is inside. */
(function (atlas) {
  "use strict";
  const pictures = atlas.pictures = atlas.pictures || {};
  const KINDS = { png: "image/png", svg: "image/svg+xml" };

  /* Draw a card and save it; resolves to the file's name.
     kind: png or svg; name: the file's name without its ending. */
  atlas.picture = async function (card, kind, name) {
    const drawing = await composed(card);
    const vector = new Blob([new XMLSerializer().serializeToString(drawing)], { type: KINDS.svg });
    const file = `${name}.${kind}`;
    save(kind === "png" ? await raster(drawing) : vector, file);
    return file;
  };

  async function composed(card) {
    const { WIDTH, HEIGHT, INK } = pictures;
    await pictures.lettersLoaded(card.textContent);
    const frame = pictures.frame(card);
    const drawing = pictures.mark("svg", {
      xmlns: "http://www.w3.org/2000/svg",
      width: WIDTH, height: HEIGHT, viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      "font-family": pictures.FAMILY, role: "img", "xml:lang": document.documentElement.lang,
    });
    drawing.append(
      pictures.mark("title", {}, pictures.words(card, ".card-title")),
      pictures.mark("desc", {}, pictures.words(card, ".card-description")),
      pictures.box(0, 0, WIDTH, HEIGHT, INK.surface),
      ...frame.marks,
      await body(card, frame.room),
    );
    drawing.prepend(await pictures.fonts(drawing));
    return drawing;
  }

  function body(card, room) {
    const drawn = card.answer && card.answer.figure;
    return drawn ? pictures.figure(card, room) : pictures.form(card, room);
  }

  /* The drawing as pixels: an image of it at double size on a canvas. */
  async function raster(drawing) {
    const [width, height] = [pictures.WIDTH * pictures.SCALE, pictures.HEIGHT * pictures.SCALE];
    const large = drawing.cloneNode(true);
    large.setAttribute("width", width);
    large.setAttribute("height", height);
    const address = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(large)], { type: KINDS.svg }));
    try {
      const image = new Image();
      image.src = address;
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = width;
      canvas.height = height;
      canvas.getContext("2d").drawImage(image, 0, 0, width, height);
      return await new Promise((resolve, reject) => canvas.toBlob((blob) =>
        (blob ? resolve(blob) : reject(new Error("the picture is empty"))), KINDS.png));
    } finally {
      URL.revokeObjectURL(address);
    }
  }

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }
})(window.atlas);
