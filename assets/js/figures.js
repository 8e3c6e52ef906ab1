/* Figures: a new one goes into its graph, and the reader's view of a map stays. */
(function (atlas, clientside) {
  "use strict";
  const PHONE = 640;
  /* A map fits into the window with what stands above and below it. */
  const AROUND_MAP = 350;
  const LEAST_MAP = 400;
  const MOST_MAP = 720;
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
      place(card, found[i], settings);
    });
  };

  /* Draw again what is drawn, in the colours of the page as it is now; nobody is asked. */
  atlas.redraw = function (card) {
    const room = card.querySelector(".card-graph");
    if (room && !room.hidden && card.latest) put(card, structuredClone(card.latest));
  };
  document.addEventListener("atlas:theme", () => document.querySelectorAll("[data-exhibit]").forEach(atlas.redraw));

  function place(card, answer, settings) {
    const room = card.querySelector(".card-graph");
    atlas.watchNote(card);
    if (room) room.hidden = !answer.figure;
    card.dataset.query = answer.query;
    if (!room || !answer.figure) {
      card.dataset.state = "shown";
      return;
    }
    const figure = fitted(answer.figure, room, settings);
    size(room, figure.layout);
    const { center, zoom } = figure.layout.map || {};
    card.home = { center: center, zoom: zoom };
    put(card, figure);
  }

  /* `card.latest` is the figure in its light colours, whatever the page shows: files are made of it. */
  function put(card, figure) {
    figure.layout.meta = { ...figure.layout.meta, answer: ++answers };
    keepView(plotOf(card), figure);
    card.dataset.state = "drawing";
    card.latest = figure;
    beLate(card, PATIENCE);
    if (!figure.layout.map) { draw(card, figure); return; }
    const room = card.querySelector(".card-graph");
    watched.observe(room);
    if (!atlas.isNear(room)) card.dataset.state = "afar";
    atlas.whenNear(room).then(() => come(card)).then(() => draw(card, figure), (error) => {
      card.dataset.state = "shown";
      beLate(card, 0);
      atlas.show(card, "table");
      throw error;
    });
  }

  /* A map that its reader came near to waits for its library. */
  function come(card) {
    if (card.dataset.state === "afar") {
      card.dataset.state = "drawing";
      beLate(card, PATIENCE);
    }
    return atlas.maps();
  }

  /* A poor line brings the map library late and a poor machine draws late: the table is there before. */
  function beLate(card, after) {
    window.clearTimeout(card.lateness);
    card.lateness = window.setTimeout(() => {
      card.toggleAttribute("data-late", card.dataset.state === "drawing");
    }, after);
  }

  /* A figure that a newer answer has overtaken is not drawn. */
  function draw(card, figure) {
    if (card.latest !== figure) return;
    card.dataset.state = "drawing";
    window.dash_clientside.set_props({ type: "exhibit-graph", id: card.dataset.exhibit }, { figure: atlas.inTheme(figure) });
    whenDrawn(card);
  }

  /* A map whose reader has not moved it fits its box into the room again when that grows. */
  const watched = new ResizeObserver((entries) => entries.forEach((entry) => {
    const card = entry.target.closest("[data-exhibit]");
    window.clearTimeout(card.fitting);
    card.fitting = window.setTimeout(() => fitAgain(card), 80);
  }));

  function fitAgain(card) {
    const plot = plotOf(card);
    const now = plot?._fullLayout?.map;
    const meta = card.latest?.layout.meta;
    if (!now || !meta?.bounds || card.dataset.state !== "shown" || !atHome(now, card.home)) return;
    const room = card.querySelector(".card-graph");
    if (room.clientWidth < 50 || room.clientHeight < 50) return;
    card.home = camera(meta.bounds, room.clientWidth, room.clientHeight - bottom(card.latest.layout));
    relayout(plot, { "map.center": card.home.center, "map.zoom": card.home.zoom });
  }

  /* A page that is left takes its graph away in the middle of a change; that is no error. */
  const unlessGone = (plot) => (error) => { if (plot.isConnected) throw error; };
  const relayout = (plot, changes) => window.Plotly.relayout(plot, changes).catch(unlessGone(plot));

  const atHome = (now, home) => Math.abs(now.zoom - home.zoom) < 0.01
    && Math.abs(now.center.lon - home.center.lon) < 0.01 && Math.abs(now.center.lat - home.center.lat) < 0.01;

  /* The figure for the room it has: height, phone layout, addresses on our own origin. */
  function fitted(given, room, settings) {
    const figure = structuredClone(given);
    const layout = figure.layout;
    const meta = layout.meta || {};
    const width = room.clientWidth || room.parentElement.clientWidth || 800;
    const narrow = window.innerWidth < PHONE;
    if (narrow && meta.narrow) merge(layout, meta.narrow);
    layout.height = heightFor(meta, layout, room, narrow);
    layout.autosize = true;
    if (layout.map) {
      at(figure, settings);
      if (meta.bounds) Object.assign(layout.map, camera(meta.bounds, width, Math.max(layout.height, room.clientHeight) - bottom(layout)));
    }
    return figure;
  }

  function heightFor(meta, layout, room, narrow) {
    const wanted = (narrow && meta.narrow?.height) || meta.height || 360;
    if (!layout.map || narrow) return wanted;
    const enlarged = room.closest(".enlarged");
    if (enlarged) return Math.max(wanted, enlarged.clientHeight - 190);
    return Math.max(LEAST_MAP, Math.min(MOST_MAP, window.innerHeight - AROUND_MAP));
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

  const bottom = (layout) => layout.margin?.b || 0;

  function merge(target, changes) {
    Object.entries(changes).forEach(([name, value]) => {
      const nested = value && typeof value === "object" && !Array.isArray(value);
      if (nested && target[name] && typeof target[name] === "object") merge(target[name], value);
      else target[name] = value;
    });
  }

  /* Maps read files by full address; a fingerprint lets the browser keep the large ones. */
  function at(figure, settings) {
    const mark = settings.geography ? `?v=${settings.geography}` : "";
    const full = (path) => {
      if (!path.startsWith("/")) return path;
      return `${window.location.origin}${path}${path.startsWith("/geography/") ? mark : ""}`;
    };
    figure.data.forEach((trace) => {
      if (typeof trace.geojson === "string") trace.geojson = full(trace.geojson);
    });
    const style = figure.layout.map.style;
    if (!style || typeof style !== "object") return;
    Object.values(style.sources || {}).forEach((source) => {
      if (typeof source.data === "string") source.data = full(source.data);
    });
    Object.values(style["font-faces"] || {}).forEach((faces) => {
      [].concat(faces).forEach((face) => { if (face.url) face.url = full(face.url); });
    });
  }

  /* Centre and zoom that show a box of degrees in a room of pixels (512-pixel tiles). */
  function camera(bounds, width, height) {
    const [west, south, east, north] = bounds;
    const y = (lat) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
    const wide = Math.max((east - west) / 360, 1e-6);
    const tall = Math.max(y(north) - y(south), 1e-6);
    const zoom = Math.log2(Math.min(width / wide, height / tall) / 512) - 0.05;
    const middle = (y(north) + y(south)) / 2;
    const centre = (Math.atan(Math.exp(middle * 2 * Math.PI)) * 360) / Math.PI - 90;
    return { center: { lon: (west + east) / 2, lat: centre }, zoom: Math.max(0, Math.min(14, zoom)) };
  }

  /* A reader who moved the map keeps it there until the figure asks for another view. */
  function keepView(plot, figure) {
    const now = plot?._fullLayout?.map;
    const before = plot?.layout?.meta;
    if (!now || !figure.layout.map || !before) return;
    if (before.view !== figure.layout.meta?.view) return;
    figure.layout.map.center = { lon: now.center.lon, lat: now.center.lat };
    figure.layout.map.zoom = now.zoom;
  }

  /* A card is shown when its graph holds the newest answer and its map has loaded. */
  function whenDrawn(card) {
    const started = performance.now();
    (function look() {
      const plot = plotOf(card);
      const drawn = plot?._fullLayout?.meta;
      const current = drawn && drawn.answer === card.latest.layout.meta.answer;
      const map = current && plot._fullLayout.map;
      const live = map?._subplot?.map;
      const busy = !plot || plot.closest(".dash-graph--pending") !== null;
      const done = current && !busy && (!map || (live?.loaded() && live.areTilesLoaded()));
      const waited = performance.now() - started;
      if (done || waited > 20000) {
        card.dataset.state = "shown";
        beLate(card, 0);
        if (live) nameMap(card, live);
        fitAgain(card);
      }
      else window.setTimeout(look, 50);
    })();
  }

  /* A map is called by its own finding, not by the English word of its library. */
  function nameMap(card, map) {
    const title = document.getElementById(`title-${card.dataset.exhibit}`);
    if (title) map.getCanvas().setAttribute("aria-label", title.textContent);
  }

  /* For pictures: the figure as it was given, light and wide, with the reader's view of a map. */
  atlas.figureFor = async function (card, width, height) {
    const figure = structuredClone(card.answer.figure);
    const { layout } = figure;
    if (!layout.map) return figure;
    await atlas.maps();
    at(figure, atlas.settings);
    const plot = plotOf(card);
    const now = plot?._fullLayout;
    const room = height - bottom(layout);
    const moved = now?.map && !atHome(now.map, card.home);
    if (!moved && layout.meta.bounds) Object.assign(layout.map, camera(layout.meta.bounds, width, room));
    else if (now?.map) {
      const grown = Math.min(width / now.width, room / (now.height - now.margin.b));
      Object.assign(layout.map, { center: { ...now.map.center }, zoom: now.map.zoom + Math.log2(grown) });
    }
    return figure;
  };

  /* Closer, farther, or back to what the figure asked for. */
  atlas.zoom = function (card, how) {
    const plot = plotOf(card);
    const now = plot?._fullLayout?.map;
    if (!now) return;
    const home = card.home;
    const step = how === "closer" ? 1 : -1;
    relayout(plot, how === "home"
      ? { "map.center": home.center, "map.zoom": home.zoom }
      : { "map.zoom": now.zoom + step });
  };

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

  /* A click on an area or a place chooses it; a click on the only chosen one lets it go. */
  clientside.followClick = function () {
    const hit = window.dash_clientside.callback_context.triggered[0];
    const point = hit?.value?.points?.[0];
    if (!point) return;
    const id = JSON.parse(hit.prop_id.slice(0, hit.prop_id.lastIndexOf("."))).id;
    const plot = plotOf(cardOf(id));
    const meta = plot?.layout.meta || {};
    const name = meta.click || (meta.view ? "area" : null);
    const code = [].concat(point.customdata)[0];
    if (!name || typeof code !== "string" || !code) return;
    const given = atlas.parse(window.location.search);
    given[name] = given[name] === code ? "" : code;
    atlas.go(atlas.compose(given));
  };

  /* New room, new height: the window or a card changed its size. */
  atlas.refit = function (card) {
    const room = card.querySelector(".card-graph");
    const plot = plotOf(card);
    if (!room || room.hidden || !plot || !card.latest) return;
    const layout = card.latest.layout;
    size(room, { ...layout, height: heightFor(layout.meta || {}, layout, room, window.innerWidth < PHONE) });
    window.Plotly.Plots.resize(plot).catch(unlessGone(plot));
  };
})(window.atlas, window.dash_clientside.atlas);
