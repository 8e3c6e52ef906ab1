/* Paper: before a page is printed its figures are drawn again, light and in the room they have there;
   afterwards the screen is as it was. What the paper looks like stands in print.css. */
(function (atlas) {
  "use strict";
  const root = document.documentElement;
  /* A figure with more rows than its panel has room for is drawn smaller, but not too small to read;
     beside such figures the others do not shout. */
  const LEAST = 0.58;
  const MOST = 1;
  const MOST_IN_SHEET = 0.68;
  /* What else changes the paper where the page holds it. */
  const HOLDS = { "has-monthly-sheet": ".section--sheet" };
  let theme = null;
  let enlarged = null;

  /* What is not drawn at once, but frame by frame, keeps its size and its colours and is made smaller. */
  const isStill = ({ latest }) => latest.data.some((trace) => trace.type === "sankey");

  const cards = () => [...document.querySelectorAll("[data-exhibit]")].filter((card) => {
    const room = card.querySelector(".card-graph");
    return room && !room.hidden && card.latest && card.querySelector(".js-plotly-plot");
  });

  function toPaper() {
    if (theme !== null) return;
    theme = root.dataset.theme;
    const still = cards().filter(isStill).map((card) => [card, sizeOf(card)]);
    enlarged = atlas.putBack();
    root.dataset.theme = "light";
    root.classList.add("on-paper");
    root.classList.toggle("was-dark", theme === "dark");
    Object.entries(HOLDS).forEach(([name, part]) => root.classList.toggle(name, document.querySelector(part) !== null));
    frame();
    still.forEach(([card, size]) => shrink(card, size));
    cards().filter((card) => !isStill(card)).forEach(draw);
    atlas.drawnMaps().forEach((card) => { card.classList.add("has-paper"); card.map.toPaper(LEAST); });
  }

  function fromPaper() {
    if (theme === null) return;
    root.classList.remove("on-paper", "was-dark", ...Object.keys(HOLDS));
    root.dataset.theme = theme;
    theme = null;
    cards().forEach(restore);
    atlas.drawnMaps().forEach((card) => { card.classList.remove("has-paper"); card.map.fromPaper(); });
    document.querySelectorAll(".section--sheet > :is(.header, .footer)").forEach((copy) => copy.remove());
    if (enlarged) atlas.enlarge(enlarged);
  }

  /* The sheet is passed on alone, so it carries the head and the foot of the page with it. */
  function frame() {
    document.querySelectorAll(".section--sheet").forEach((sheet) => {
      sheet.prepend(copied(".header"));
      sheet.append(copied(".footer"));
    });
  }

  function copied(selector) {
    const copy = document.querySelector(selector).cloneNode(true);
    copy.querySelectorAll("[id]").forEach((node) => node.removeAttribute("id"));
    return copy;
  }

  function sizeOf(card) {
    const room = card.querySelector(".card-graph");
    return { width: room.clientWidth, height: room.clientHeight };
  }

  function shrink(card, { width, height }) {
    const room = card.querySelector(".card-graph");
    const scale = room.clientWidth / width;
    const graph = room.querySelector(".graph");
    card.classList.add("is-still");
    Object.assign(graph.style, { width: `${width}px`, height: `${height}px`, zoom: scale });
    room.style.minHeight = `${Math.round(height * scale)}px`;
  }

  function draw(card) {
    const room = card.querySelector(".card-graph");
    const figure = structuredClone(card.latest);
    const height = figure.layout.meta?.height || figure.layout.height;
    const fitting = Math.min(room.clientHeight / height, room.clientWidth / (figure.layout.meta.min_width || 1));
    const most = card.closest(".section--sheet") ? MOST_IN_SHEET : MOST;
    const scale = Math.max(LEAST, Math.min(most, fitting));
    const plot = card.querySelector(".js-plotly-plot");
    room.querySelector(".graph").style.zoom = scale;
    Object.assign(figure.layout, { autosize: false, width: room.clientWidth / scale, height: room.clientHeight / scale });
    window.Plotly.react(plot, figure.data, figure.layout);
    // A legend that takes fewer lines than on the screen only finds its place when it is drawn again.
    if (figure.layout.showlegend) window.Plotly.redraw(plot);
  }

  function restore(card) {
    const graph = card.querySelector(".graph");
    card.classList.remove("is-still");
    ["width", "height", "zoom"].forEach((name) => graph.style.removeProperty(name));
    const room = card.querySelector(".card-graph");
    room.style.minHeight = `${card.latest.layout.height}px`;
    if (!isStill(card)) atlas.redraw(card);
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });
  window.addEventListener("beforeprint", toPaper);
  window.addEventListener("afterprint", fromPaper);
  window.matchMedia("print").addEventListener("change", (query) => (query.matches ? toPaper() : fromPaper()));
})(window.atlas);
