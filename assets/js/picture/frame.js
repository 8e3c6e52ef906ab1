/* The frame of a picture: above the figure what it shows, below it what a reader needs to trust it.
   The figure gets the room that is left, so that no title and no note is ever cut. */
(function (atlas) {
  "use strict";
  atlas.pictures ??= {};
  const { pictures } = atlas;
  /* Sizes to try in turn, with the most lines that may be set in each. */
  const TITLE = [[32, 2], [27, 3], [23, 9]];
  const NOTE = [[16, 4], [14, 6], [12, 99]];
  const GAP = 18;

  pictures.words = function (card, selector) {
    const node = card.querySelector(selector);
    return node ? node.textContent.replace(/\s+/g, " ").trim() : "";
  };

  /* Marks of the frame and of what moves down in a higher picture, and the room between them:
     {marks, foot, room: {x, y, width, height, most}}. */
  pictures.frame = function (card) {
    const { EDGE, INNER } = pictures;
    const head = above(card);
    const foot = below(card);
    const height = foot.start - head.end - 2 * GAP;
    const room = { x: EDGE, y: head.end + GAP, width: INNER, height: height, most: height + pictures.GROWN };
    return { marks: head.marks, foot: foot.marks, room: room };
  };

  function above(card) {
    const { EDGE, INNER, INK } = pictures;
    const kicker = pictures.words(card, ".kicker").toLocaleUpperCase();
    const marks = [
      pictures.box(EDGE, 32, INNER, 4, INK.accent),
      pictures.line(kicker, EDGE, 66, { size: 16, colour: INK.second, spacing: 0.6 }),
      ...label(pictures.words(card, ".card-label")),
    ];
    const title = set(pictures.words(card, ".card-title"), { weight: 700 }, TITLE, 1.28);
    const subtitle = set(pictures.words(card, ".card-subtitle"), { colour: INK.second }, [[20, 2], [17, 9]], 1.4);
    const start = 66 + title.style.size + 8;
    const next = start + title.height - title.step + subtitle.step + 4;
    marks.push(title.at(EDGE, start), subtitle.at(EDGE, next));
    return { marks: marks, end: next + subtitle.height - subtitle.step + 4 };
  }

  /* Written from the bottom up: long notes take room from the figure. */
  function below(card) {
    const { EDGE, INNER, HEIGHT, INK } = pictures;
    const notes = set(pictures.words(card, ".card-notes"), { colour: INK.second }, NOTE, 1.42);
    const origin = `${pictures.words(card, ".card-source")} ${pictures.words(card, ".card-release")}`;
    const source = set(origin, { colour: INK.third }, [[notes.style.size, 99]], 1.42);
    const listed = set(marked(card), { colour: INK.second }, NOTE, 1.42);
    const first = HEIGHT - 30 - source.height - notes.height;
    const line = first - 10;
    const start = line - (listed.height ? listed.height + 8 : 0);
    const base = first + notes.style.size;
    return {
      marks: [
        listed.at(EDGE, start + listed.style.size),
        pictures.box(EDGE, line, INNER, 1, INK.line),
        notes.at(EDGE, base),
        source.at(EDGE, base + notes.height),
      ],
      start: start,
    };
  }

  /* What the numbered marks of a chart mean, one after the other; not what the group says beside it. */
  function marked(card) {
    const entries = [...card.querySelectorAll(".card-marks > ol > li")].map(({ children: [number, words] }) =>
      (number.textContent ? `(${number.textContent})\u00a0${words.textContent}` : words.textContent));
    const flags = pictures.words(card, ".marks-flags");
    return [...entries, ...(flags ? [flags] : [])].join(" \u00a0·\u00a0 ");
  }

  /* The handling label, in the corner where it is seen first. */
  function label(text) {
    if (!text) return [];
    const { EDGE, INNER, INK } = pictures;
    const style = { size: 16, weight: 700, colour: INK.warn };
    const wide = pictures.widthOf(text, style) + 24;
    const left = EDGE + INNER - wide;
    return [
      pictures.box(left, 44, wide, 30, INK.warnSoft, { rx: 3 }),
      pictures.line(text, left + 12, 65, style),
    ];
  }

  /* A text in the largest of some sizes in which it takes few enough lines. */
  function set(text, style, sizes, leading) {
    for (const [size, most] of sizes) {
      const sized = { ...style, size: size };
      const lines = pictures.linesOf(text, pictures.INNER, sized);
      if (lines.length > most && size !== sizes.at(-1)[0]) continue;
      const step = size * leading;
      return { style: sized, step: step, height: lines.length * step,
        at: (x, y) => pictures.block(lines, x, y, step, sized) };
    }
  }
})(window.atlas);
