/* Figures: a new one goes into its graph; maps go to `maps.js`. */
(function (atlas, clientside) {
  "use strict";
  const PHONE = 640;
  /* A reader waits so long for a figure; then its table is shown until it is drawn. */
  const PATIENCE = 8000;
  const SETTLED = ["shown", "afar"];
  let answers = 0;

  const cardOf = (id) => document.querySelector(`[data-exhibit="${id}"]`);
  const plotOf = (card) => card?.querySelector(".js-plotly-plot");

  clientside.placeFigures = function (found, ids, settings) {
    atlas.settings = settings;
    atlas.learnColours(settings.dark);
    ids.forEach((id, i) => {
      const card = cardOf(id.id);
      if (!card || !found[i] || card.answer === found[i]) return;
      card.answer = found[i];
      place(card, found[i]);
    });
  };

  /* Draw again what is drawn, in the colours of the page as it is now; nobody is asked. */
  atlas.redraw = function (card) {
    const room = card.querySelector(".card-graph");
    if (room && !room.hidden && card.latest) put(card, structuredClone(card.latest));
  };
  document.addEventListener("atlas:theme", () => document.querySelectorAll("[data-exhibit]").forEach(atlas.redraw));

  function place(card, answer) {
    const room = card.querySelector(".card-graph");
    atlas.watchNote(card);
    if (room) room.hidden = !answer.figure;
    card.dataset.query = answer.query;
    if (!room || !answer.figure) {
      card.dataset.state = "shown";
      return;
    }
    if (answer.figure.form === "map") {
      atlas.placeMap(card, answer.figure);
      return;
    }
    const figure = fitted(answer.figure);
    size(room, figure.layout);
    put(card, figure);
  }

  /* `card.latest` is the figure in its light colours, whatever the page shows: files are made of it. */
  function put(card, figure) {
    figure.layout.meta = { ...figure.layout.meta, answer: ++answers };
    card.dataset.state = "drawing";
    card.latest = figure;
    atlas.beLate(card);
    window.dash_clientside.set_props({ type: "exhibit-graph", id: card.dataset.exhibit }, { figure: atlas.inTheme(figure) });
    whenDrawn(card);
  }

  /* A poor line brings the scripts of maps late and a poor machine draws late: the table is there before. */
  atlas.beLate = function (card, after = PATIENCE) {
    window.clearTimeout(card.lateness);
    card.lateness = window.setTimeout(() => {
      card.toggleAttribute("data-late", card.dataset.state === "drawing");
    }, after);
  };

  /* A page that is left takes its graph away in the middle of a change; that is no error. */
  const unlessGone = (plot) => (error) => { if (plot.isConnected) throw error; };

  /* The figure for the window: its height, and what changes on a phone. */
  function fitted(given) {
    const figure = structuredClone(given);
    const layout = figure.layout;
    const meta = layout.meta || {};
    if (window.innerWidth < PHONE && meta.narrow) merge(layout, meta.narrow);
    layout.height = meta.height || 360;
    layout.autosize = true;
    return figure;
  }

  /* The room is at least so high; it grows with its neighbours. A figure wider than its room scrolls
     in it, also by the arrow keys, and then it has the name of its card. */
  function size(room, layout) {
    const wide = layout.meta?.min_width || 0;
    room.style.minHeight = `${layout.height}px`;
    room.querySelector(".graph").style.minWidth = `${wide}px`;
    const scrolls = wide > room.clientWidth;
    const said = { tabindex: "0", role: "group", "aria-labelledby": `title-${room.closest("[data-exhibit]").dataset.exhibit}` };
    Object.entries(said).forEach(([name, value]) => (scrolls ? room.setAttribute(name, value) : room.removeAttribute(name)));
  }

  function merge(target, changes) {
    Object.entries(changes).forEach(([name, value]) => {
      const nested = value && typeof value === "object" && !Array.isArray(value);
      if (nested && target[name] && typeof target[name] === "object") merge(target[name], value);
      else target[name] = value;
    });
  }

  /* A card is shown when its graph holds the newest answer. */
  function whenDrawn(card) {
    const started = performance.now();
    (function look() {
      const plot = plotOf(card);
      const drawn = plot?._fullLayout?.meta;
      const current = drawn && drawn.answer === card.latest.layout.meta.answer;
      const done = current && plot.closest(".dash-graph--pending") === null;
      if (done || performance.now() - started > 20000) {
        card.dataset.state = "shown";
        atlas.beLate(card, 0);
      }
      else window.setTimeout(look, 50);
    })();
  }

  let touched = 0;
  ["click", "input", "change", "keydown", "popstate"].forEach((kind) =>
    window.addEventListener(kind, () => { touched = performance.now(); }, true));

  /* True when every card shows what the address asks for, or will when it comes into sight. */
  atlas.settled = function () {
    const cards = [...document.querySelectorAll("[data-exhibit]")];
    if (performance.now() - touched < 150) return false;
    if (document.querySelector("[data-dash-is-loading]")) return false;
    if (!cards.length) return document.querySelector(".whole-page, [data-static]") !== null;
    return cards.every((card) =>
      SETTLED.includes(card.dataset.state) && card.dataset.query === window.location.search);
  };

  /* A click on a mark that stands for a filter chooses it; a click on the only chosen one lets it go. */
  clientside.followClick = function () {
    const hit = window.dash_clientside.callback_context.triggered[0];
    const point = hit?.value?.points?.[0];
    if (!point) return;
    const id = JSON.parse(hit.prop_id.slice(0, hit.prop_id.lastIndexOf("."))).id;
    const plot = plotOf(cardOf(id));
    const name = plot?.layout.meta?.click;
    const code = [].concat(point.customdata)[0];
    if (name && typeof code === "string" && code) atlas.choose(name, code);
  };

  atlas.choose = function (name, code) {
    const given = atlas.parse(window.location.search);
    given[name] = given[name] === code ? "" : code;
    atlas.go(atlas.compose(given));
  };

  /* New room, new height: the window or a card changed its size. */
  atlas.refit = function (card) {
    const room = card.querySelector(".card-graph");
    if (!room || room.hidden) return;
    if (card.map) card.map.resize();
    const plot = plotOf(card);
    if (!plot || !card.latest) return;
    size(room, card.latest.layout);
    window.Plotly.Plots.resize(plot).catch(unlessGone(plot));
  };
})(window.atlas, window.dash_clientside.atlas);
