/* What a PNG says beside its pixels (PNG specification, third edition): how large it is on paper
   (pHYs), and its title and description as text that programs find (iTXt). */
(function (atlas) {
  "use strict";
  atlas.pictures ??= {};
  const { pictures } = atlas;
  /* Pixels a metre: 240 an inch, with which a picture is as wide as a slide. */
  const DENSITY = 9449;
  const METRE = 1;
  /* The signature and the first chunk, behind which others may stand. */
  const HEAD = 8 + 25;
  const POLYNOMIAL = 0xEDB88320;

  /* The same picture with what its card says. */
  pictures.described = async function (png, card) {
    const bytes = new Uint8Array(await png.arrayBuffer());
    const [label, source, release] = [".card-label", ".card-source", ".card-release"].map((part) => pictures.words(card, part));
    const texts = {
      Title: pictures.words(card, ".card-title"),
      Description: pictures.words(card, ".card-description"),
      Comment: [label, `${source} ${release}`].filter(Boolean).join(" · "),
    };
    const chunks = Object.entries(texts).filter(([, said]) => said).map(([name, said]) => text(name, said));
    return new Blob([bytes.subarray(0, HEAD), density(), ...chunks, bytes.subarray(HEAD)], { type: png.type });
  };

  function density() {
    const view = new DataView(new ArrayBuffer(9));
    view.setUint32(0, DENSITY);
    view.setUint32(4, DENSITY);
    view.setUint8(8, METRE);
    return chunk("pHYs", new Uint8Array(view.buffer));
  }

  /* A name, no compression, the language, no other name, and the text. */
  function text(name, content) {
    const head = `${name}\0\0\0${document.documentElement.lang}\0\0`;
    return chunk("iTXt", new TextEncoder().encode(head + content));
  }

  /* Its length, its type, what it holds, and the check over the last two. */
  function chunk(type, content) {
    const whole = new Uint8Array(content.length + 12);
    whole.set(new TextEncoder().encode(type), 4);
    whole.set(content, 8);
    const view = new DataView(whole.buffer);
    view.setUint32(0, content.length);
    view.setUint32(content.length + 8, crc(whole.subarray(4, content.length + 8)));
    return whole;
  }

  // biome-ignore-start lint/suspicious/noBitwiseOperators: the standard's check is made of bits
  function crc(bytes) {
    let rest = 0xFFFFFFFF;
    for (const byte of bytes) {
      rest ^= byte;
      for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? POLYNOMIAL : 0);
    }
    return (rest ^ 0xFFFFFFFF) >>> 0;
  }
  // biome-ignore-end lint/suspicious/noBitwiseOperators: the standard's check is made of bits
})(window.atlas);
