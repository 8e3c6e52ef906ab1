/* Fonts inside a picture: a drawing that is opened elsewhere brings its letters along. */
(function (atlas) {
  "use strict";
  const pictures = atlas.pictures = atlas.pictures || {};
  const BANGLA = /[\u0980-\u09FF]/;
  const FACES = [
    { family: "Noto Sans", weight: 400, file: "NotoSans-Regular" },
    { family: "Noto Sans", weight: 600, file: "NotoSans-SemiBold" },
    { family: "Noto Sans", weight: 700, file: "NotoSans-Bold" },
    { family: "Noto Sans", weight: 400, file: "NotoSans-Italic", italic: true },
    { family: "Noto Sans Bengali", weight: 400, file: "NotoSansBengali-Regular" },
    { family: "Noto Sans Bengali", weight: 600, file: "NotoSansBengali-SemiBold" },
    { family: "Noto Sans Bengali", weight: 700, file: "NotoSansBengali-Bold" },
  ];
  const read = new Map();

  /* A style element with the faces that the letters of a drawing need. */
  pictures.fonts = async function (drawing) {
    const bangla = BANGLA.test(drawing.textContent);
    const needed = FACES.filter((face) => bangla || face.family === "Noto Sans");
    const rules = await Promise.all(needed.map(async (face) =>
      `@font-face{font-family:"${face.family}";font-weight:${face.weight};`
      + `font-style:${face.italic ? "italic" : "normal"};src:url(${await address(face.file)}) format("woff2")}`));
    return pictures.mark("style", {}, rules.join("\n"));
  };

  /* The file as a data address; kept, since every picture needs it again. */
  function address(file) {
    if (!read.has(file)) {
      const reading = fetched(`/assets/fonts/${file}.woff2`);
      reading.catch(() => read.delete(file));
      read.set(file, reading);
    }
    return read.get(file);
  }

  async function fetched(path) {
    const answer = await fetch(path);
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    return `data:font/woff2;base64,${window.btoa(letters)}`;
  }
})(window.atlas);
