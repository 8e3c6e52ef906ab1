/* Letters of a map: fonts, widths, and lines that fit. */
import { map } from "./map.js";

const MOST = 4000;
const pen = document.createElement("canvas").getContext("2d");
const widths = new Map();
const loaded = new Set();

/* As the page's style sheet has them; the first two it may have to fetch, others are the reader's own. */
map.FAMILY = window.getComputedStyle(document.documentElement).getPropertyValue("--sa-font")
  .replace(/\s*,\s*/g, ",").trim() || '"Noto Sans",system-ui,sans-serif';
const FACES = map.FAMILY.split(",").slice(0, 2).join(",");
/* What is set in what: size in pixels, weight, slant, and space between letters. */
const font = (size, more) => ({ size: size, weight: 400, italic: false, spacing: 0, ...more });
map.FONTS = {
  country: font(11, { spacing: 0.9 }),
  city: font(11),
  sea: font(12, { italic: true }),
  label: font(12.5),
  number: font(12.5, { weight: 700 }),
  title: font(12, { weight: 700 }),
  entry: font(12),
  notice: font(11, { italic: true }),
  reach: font(11),
};

map.cssOf = ({ size, weight, italic }) => `${italic ? "italic " : ""}${weight} ${size}px ${map.FAMILY}`;

map.widthOf = function (said, style) {
  const key = `${style.size} ${style.weight} ${style.italic} ${style.spacing} ${said}`;
  if (!widths.has(key)) {
    if (widths.size > MOST) widths.clear();
    pen.font = map.cssOf(style);
    pen.letterSpacing = `${style.spacing}px`;
    widths.set(key, pen.measureText(said).width);
  }
  return widths.get(key);
};

/* Lines of words of at most a width; a word that is longer has a line to itself. */
map.linesOf = function (said, width, style) {
  const lines = [];
  said.split(/\s+/).filter(Boolean).forEach((word) => {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && map.widthOf(longer, style) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  });
  return lines;
};

/* Resolves when nothing will be measured or drawn in another font; widths from before are void. */
map.lettersLoaded = async function (said) {
  // Each once: a browser looks at every character that it is asked about, for tenths of a second.
  const letters = [...new Set(said)].join("");
  const missing = ["400", "700", "italic 400"].map((face) => `${face} 12px ${FACES}`)
    .filter((face) => !document.fonts.check(face, letters) || !loaded.has(face));
  if (!missing.length) return;
  await Promise.all(missing.map((face) => document.fonts.load(face, letters)));
  missing.forEach((face) => loaded.add(face));
  widths.clear();
};
