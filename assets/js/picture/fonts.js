/* Fonts inside a picture: a drawing that is opened elsewhere brings its letters along. */
(function (atlas) {
  "use strict";
  atlas.pictures ??= {};
  const { pictures } = atlas;
  const WEIGHTS = { Regular: 400, SemiBold: 600, Bold: 700 };
  const latin = (weight, file, italic) =>
    ({ family: "Noto Sans", letter: "H", weight: weight, file: `NotoSans-${file}-Whole`, italic: italic });
  const LATIN = [...Object.entries(WEIGHTS).map(([file, weight]) => latin(weight, file)), latin(400, "Italic", true)];
  const plain = (family) => family.replaceAll('"', "");
  const files = new Map();

  /* The font of the country's own letters and what it is for, where the style sheet has one. */
  function ofOwnLetters(family) {
    const face = [...document.fonts].find((each) => plain(each.family) === family);
    if (!face) return null;
    const ends = face.unicodeRange.replaceAll(/U\+([\dA-F]+)/gi, "\\u{$1}").replaceAll(/-([\dA-F]+)/gi, "-\\u{$1}");
    return { family: family, range: new RegExp(`[${ends.replaceAll(", ", "")}]`, "u") };
  }

  /* A style element with the faces that the letters of a drawing need. */
  pictures.fonts = async function (drawing) {
    const rules = await Promise.all(needed(drawing).map(async (face) =>
      `@font-face{font-family:"${face.family}";font-weight:${face.weight};font-display:block;`
      + `font-style:${face.italic ? "italic" : "normal"};src:url(${await address(face.file)}) format("woff2")}`));
    return pictures.mark("style", {}, rules.join("\n"));
  };

  /* A letter of each face in a column of squares: a face that a browser has not drawn there, it has
     not drawn in the picture either. */
  pictures.samples = (drawing, y, square) => needed(drawing).map((face, i) => pictures.mark("text", {
    x: 0, y: y + (i + 0.8) * square, "font-family": `"${face.family}"`, "font-weight": face.weight,
    "font-style": face.italic ? "italic" : null, "font-size": 0.7 * square }, face.letter));

  function needed(drawing) {
    const own = ofOwnLetters(plain(pictures.FACES.split(",")[1]));
    const letter = own && [...drawing.textContent].find((sign) => own.range.test(sign) && /\p{L}/u.test(sign));
    const faces = letter ? Object.entries(WEIGHTS) : [];
    return [...LATIN, ...faces.map(([file, weight]) =>
      ({ family: own.family, letter: letter, weight: weight, file: `${own.family.replaceAll(" ", "")}-${file}` }))];
  }

  /* The file as a data address; kept, since every picture needs it again. */
  function address(file) {
    if (!files.has(file)) {
      const reading = fetched(`/assets/fonts/${file}.woff2`);
      reading.catch(() => files.delete(file));
      files.set(file, reading);
    }
    return files.get(file);
  }

  async function fetched(path) {
    const answer = await fetch(path);
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    return `data:font/woff2;base64,${window.btoa(letters)}`;
  }
})(window.atlas);
