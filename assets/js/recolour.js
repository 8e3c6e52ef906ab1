/* Colours of figures in the theme. Figures come in light colours and stay so in files; for a dark
   page each colour is exchanged by what the server said once (`figures/theme.py`, in_the_dark). */
(function (atlas) {
  "use strict";
  const SCALES = new Set(["colorscale", "fillcolor"]);
  const FONTS = /font$/;
  const HEX = /^#[0-9a-f]{6}$/i;
  const FADED = /^rgba\((\d+),\s*(\d+),\s*(\d+),\s*([\d.]+)\)$/;
  const STYLED = /(style='color:)(#[0-9a-f]{6})/gi;
  let dark = null;

  atlas.learnColours = function (colours) {
    dark = colours;
  };

  /* A figure as the page shows it: itself on a light page, a recoloured copy on a dark one. */
  atlas.inTheme = (figure) => (dark && atlas.isDark() ? exchanged(figure, "marks") : figure);

  function exchanged(value, kind) {
    if (typeof value === "string") return colour(value, kind);
    if (Array.isArray(value)) return value.map((entry) => exchanged(entry, kind));
    if (!value || typeof value !== "object" || ArrayBuffer.isView(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, exchanged(entry, kindOf(name, kind))]));
  }

  function kindOf(name, kind) {
    if (SCALES.has(name)) return "ramps";
    return FONTS.test(name) ? "texts" : kind;
  }

  function colour(text, kind) {
    if (HEX.test(text)) return other(text, kind);
    const faded = FADED.exec(text);
    if (faded && Number(faded[4]) > 0) return through(faded, kind);
    return text.includes("style='color:") ? text.replace(STYLED, (_, before, hex) => before + other(hex, kind)) : text;
  }

  const other = (hex, kind) => {
    const key = hex.toUpperCase();
    return dark[kind][key] || dark.marks[key] || hex;
  };

  function through([, red, green, blue, opacity], kind) {
    const hex = `#${[red, green, blue].map((part) => Number(part).toString(16).padStart(2, "0")).join("")}`;
    const dyed = other(hex, kind);
    const parts = [1, 3, 5].map((at) => parseInt(dyed.slice(at, at + 2), 16));
    return `rgba(${parts.join(",")},${opacity})`;
  }
})(window.atlas);
