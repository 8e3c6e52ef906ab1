/* A figure on the paper: a chart is drawn again by plotly at the picture's size, a map by its own writer. */
(function (atlas) {
  "use strict";
  atlas.pictures ??= {};
  const { pictures } = atlas;
  /* Figures are laid out smaller and drawn larger, so that their labels can be read on a slide. */
  const LARGER = 1.4;
  const MOST = 1.75;
  /* Bars and cells become so much higher than on the screen and no more: two bars are not a wall. */
  const STRETCH = 1.8;
  const STRETCHED = ["lines", "sankey"];
  /* Above what stands under a map, the map itself is so high at least. */
  const LEAST_ABOVE = 300;
  const PATIENCE = 30000;

  pictures.figure = (card, room) => (card.figure.form === "map" ? mapOf(card, room) : chartOf(card, room));

  /* The map with the view of its reader; a card that was never near has no other than the first. */
  async function mapOf(card, room) {
    const description = card.figure;
    await atlas.readyFor(description);
    if (description.ground) await atlas.map.learnWorld();
    const width = room.width / LARGER;
    const foot = atlas.map.foot(description, width, false).height;
    const height = grownFor(LARGER * (foot + LEAST_ABOVE), room) / LARGER;
    const drawing = card.map ? card.map.picture({ width: width, height: height })
      : atlas.map.picture(description, { width: width, height: height });
    return placed(drawing, room, LARGER, { width: width, height: height });
  }

  async function chartOf(card, room) {
    await atlas.scripts(atlas.settings.charts);
    const figure = structuredClone(card.figure);
    const { scale, width, height } = sizeFor(figure.layout, room);
    Object.assign(figure.layout, { width: width, height: height, autosize: false, paper_bgcolor: pictures.INK.surface });
    const host = document.createElement("div");
    Object.assign(host.style, { position: "fixed", left: "-20000px", top: "0", width: `${width}px`, height: `${height}px` });
    host.inert = true;
    document.body.append(host);
    try {
      await inTime(window.Plotly.newPlot(host, figure.data, figure.layout, { staticPlot: true }));
      atlas.nameBeside(host);
      const drawing = pictures.parsed(window.Plotly.Snapshot.toSVG(host, "svg", 1));
      return placed(drawing, room, scale, { width: width, height: height });
    } finally {
      window.Plotly.purge(host);
      host.remove();
    }
  }

  /* The height that a figure gets of a room that may grow. */
  const grownFor = (asked, { height, most }) => Math.max(height, Math.min(most, asked));

  /* A figure of yet more rows is drawn smaller instead of squeezed, one of few larger. */
  function sizeFor(layout, room) {
    const meta = layout.meta || {};
    const most = grownFor(LARGER * (meta.height || 0), room);
    const fitting = Math.min(most / (meta.height || 1), room.width / (meta.min_width || 1));
    const scale = Math.min(MOST, Math.max(LARGER, fitting), fitting);
    const free = STRETCHED.includes(meta.form) || !meta.height;
    const tall = Math.min(most / scale, free ? Infinity : meta.height * STRETCH);
    return { scale: scale, width: Math.round(room.width / scale), height: Math.round(tall) };
  }

  function inTime(work) {
    return Promise.race([work, new Promise((_, reject) =>
      window.setTimeout(() => reject(new Error("the figure was not drawn in time")), PATIENCE))]);
  }

  function placed(drawing, room, scale, { width, height }) {
    drawing.querySelectorAll("[data-unformatted]").forEach((node) => {
      ["data-unformatted", "data-math", "data-notex"].forEach((name) => node.removeAttribute(name));
    });
    const attributes = { x: room.x, y: pictures.round(room.y), width: pictures.round(width * scale),
      height: pictures.round(height * scale), viewBox: `0 0 ${width} ${height}` };
    Object.entries(attributes).forEach(([name, value]) => drawing.setAttribute(name, value));
    drawing.removeAttribute("style");
    return { inside: drawing, taken: height * scale };
  }
})(window.atlas);
