/* Figures: a new one goes into its card; charts are drawn here, by plotly, and maps by `maps.js`. */
(function (atlas) {
  "use strict";
  const PHONE = 640;
  /* A reader waits so long for a figure; then its table is shown until it is drawn. */
  const PATIENCE = 8000;
  /* So much higher than it asks for is a figure of bars at most, but where it stands alone. */
  const GROWN = 1.7;
  /* Pixels between a column of a flow and its names. */
  const NAMED = 5;
  const SETTLED = ["shown", "afar"];

  const plotOf = (card) => card?.querySelector(".js-plotly-plot");

  /* Draw again what is drawn, in the colours of the page as it is now; nobody is asked. */
  atlas.redraw = function (card) {
    const room = card.querySelector(".card-graph");
    if (room && !room.hidden && card.latest) put(card, structuredClone(card.latest), atlas.isNear(card));
  };
  document.addEventListener("atlas:theme", () => document.querySelectorAll("[data-exhibit]").forEach(atlas.redraw));

  /* figure: what scripts draw in a card, or null where its answer is text alone; isClose: whether a
     reader sees the card or nearly so, as far as it was measured before the page changed. */
  atlas.placeFigure = function (card, figure, isClose) {
    const room = card.querySelector(".card-graph");
    card.figure = figure;
    if (room) room.hidden = !figure;
    card.toggleAttribute("data-drawn", Boolean(figure));
    if (!room || !figure) {
      card.latest = null;
      card.dataset.state = "shown";
      return;
    }
    turn(card, figure.form === "map");
    if (figure.form === "map") {
      atlas.placeMap(card, figure);
      return;
    }
    openTable(card, figure);
    const chart = fitted(figure, card);
    size(room, chart);
    put(card, chart, isClose ?? atlas.isNear(card));
  };

  /* A card that may hold a chart or a map has a room for each; what stood in the other one goes. */
  function turn(card, isMap) {
    const rooms = [".graph", ".map-room"].map((room) => card.querySelector(room));
    if (rooms.includes(null)) return;
    [...rooms, card.querySelector(".map-buttons")].forEach((room, at) => { room.hidden = Boolean(at) !== isMap; });
    card.classList.toggle("card--map", isMap);
    if (isMap) {
      leaveChart(card);
      rooms[0].isHeard = false; // who heard it went with what it drew
    } else atlas.leaveMap(card);
  }

  /* What is too wide for a phone opens on its table there, once; the reader may turn to the figure. */
  function openTable(card, { layout }) {
    if (window.innerWidth >= PHONE || layout.meta?.opens !== "table" || card.dataset.opened) return;
    card.dataset.opened = "table";
    atlas.show(card, "table");
  }

  /* `card.latest` is the figure in its light colours, whatever the page shows. What a reader does not
     see yet waits for an idle moment. */
  function put(card, figure, isClose) {
    card.latest = figure;
    card.dataset.state = "drawing";
    atlas.beLate(card);
    const drawing = atlas.scripts(atlas.settings.charts)
      .then(() => (isClose ? null : new Promise((resolve) => { atlas.whenIdle(resolve); })))
      .then(() => draw(card, figure));
    drawing.catch((error) => {
      card.dataset.state = "shown";
      atlas.beLate(card, 0);
      atlas.show(card, "table");
      throw error;
    });
  }

  /* A chart that a newer answer has overtaken, or whose page was left, is not drawn. */
  async function draw(card, figure) {
    if (card.latest !== figure || !card.isConnected) return;
    const plot = card.querySelector(".graph");
    const themed = atlas.inTheme(figure);
    /* The room has the height that the figure asks for, or more beside taller neighbours. */
    const layout = { ...themed.layout, margin: atlas.marginsOf(plot, figure), height: undefined, width: undefined };
    await window.Plotly.react(plot, themed.data, layout, atlas.settings.graph).catch(unlessGone(plot));
    atlas.keepMargins(plot, figure);
    atlas.nameBeside(plot);
    await shorten(plot, figure);
    if (!plot.isHeard) listen(plot);
    sized.observe(plot.parentElement);
    if (card.latest !== figure) return;
    card.dataset.state = "shown";
    atlas.beLate(card, 0);
  }

  /* Names of a flow stand beside its columns, where no band lies under them. */
  atlas.nameBeside = function (plot) {
    plot.querySelectorAll(".sankey-node").forEach((node) => {
      const name = node.querySelector(".node-label");
      const { width } = node.querySelector(".node-rect").getBBox();
      const [, y] = /,([-\d.]+)\)/.exec(name.getAttribute("transform"));
      const isLast = name.__data__.left; // as plotly knows it, who may have drawn nothing since
      name.setAttribute("text-anchor", isLast ? "start" : "end");
      name.setAttribute("transform", `translate(${isLast ? width + NAMED : -NAMED},${y})`);
    });
  };

  const isLying = ({ orientation }) => orientation === "h";

  /* Where a phone would cut the words behind bars, the bars are shorter. */
  async function shorten(plot, { data }) {
    const { xaxis } = plot._fullLayout;
    if (window.innerWidth >= PHONE || !data.some(isLying)) return;
    const room = plot.querySelector(".main-svg").getBoundingClientRect();
    const zero = room.left + xaxis._offset + xaxis.d2p(0);
    let unit = xaxis._length / (xaxis.range[1] - xaxis.range[0]);
    const words = [...plot.querySelectorAll(".textpoint, .bartext")].map((node) => node.getBoundingClientRect());
    if (words.every(({ left, right }) => left >= room.left && right <= room.right)) return;
    const reach = (isBehind) => words.filter(({ left }) => isBehind === (left >= zero))
      .map(({ left, right, width }) => [Math.max(0, isBehind ? left - zero : zero - right) / unit, width]);
    const sides = [reach(false), reach(true)];
    const ends = () => sides.map((side) => Math.max(0, ...side.map(([end, width]) => end + width / unit)));
    for (let step = 0; step < 30 && (ends()[0] + ends()[1]) * unit > xaxis._length; step += 1) unit *= 0.96;
    const before = ends()[0];
    await window.Plotly.relayout(plot, { "xaxis.range": [-before, xaxis._length / unit - before] });
  }

  /* A page that is left takes its charts and maps along. */
  atlas.letGo = function (card) {
    leaveChart(card);
    atlas.leaveMap(card);
  };

  function leaveChart(card) {
    window.clearTimeout(card.lateness);
    card.latest = null;
    const room = card.querySelector(".card-graph");
    if (room) reached.unobserve(room);
    const plot = plotOf(card);
    if (!plot) return;
    sized.unobserve(plot.parentElement);
    window.Plotly.purge(plot);
  }

  /* Neighbours that grow make room; paper has a size of its own. */
  const sized = new ResizeObserver((entries) => entries.forEach(({ target }) => {
    const plot = target.querySelector(".js-plotly-plot");
    const layout = plot?._fullLayout;
    if (!layout || target.hidden || document.documentElement.classList.contains("on-paper")) return;
    const isOff = Math.abs(layout.height - plot.clientHeight) > 1 || Math.abs(layout.width - plot.clientWidth) > 1;
    if (isOff) atlas.refit(target.closest("[data-exhibit]"));
  }));

  /* A poor line brings the scripts of figures late and a poor machine draws late: the table is there before. */
  atlas.beLate = function (card, after = PATIENCE) {
    window.clearTimeout(card.lateness);
    card.lateness = window.setTimeout(() => {
      card.toggleAttribute("data-late", card.dataset.state === "drawing");
      if (card.hasAttribute("data-late")) atlas.complete();
    }, after);
  };

  /* A page that is left takes its graph away in the middle of a change; that is no error. */
  const unlessGone = (plot) => (error) => { if (plot.isConnected) throw error; };

  /* The figure for its room: its height, what changes on a phone, and fewer names of periods in a third of a page. */
  function fitted(original, card) {
    const figure = structuredClone(original);
    const layout = figure.layout;
    const meta = layout.meta || {};
    figure.data.forEach((trace) => sayClicks(trace, meta.choices));
    if (window.innerWidth < PHONE && meta.narrow) merge(layout, meta.narrow);
    else if (meta.form === "lines" && meta.narrow.xaxis && card.closest(".span-4")) merge(layout, { xaxis: meta.narrow.xaxis });
    layout.height = meta.height || 360;
    layout.autosize = true;
    return figure;
  }

  /* What a click on a mark does stands below what the mark says. */
  function sayClicks(trace, choices) {
    if (!choices || !trace.customdata || !trace.hovertext) return;
    trace.hovertext = trace.hovertext.map((text, i) => {
      const choice = choices[codeOf(trace.customdata[i])];
      return choice ? `${text}<br>${choice.said}` : text;
    });
  }

  /* The room is at least so high; it grows with its neighbours, bars so far that a few do not
     become blocks. A figure wider than its room scrolls in it, also by the arrow keys, and then it
     has the name of its card, and fades where more is. */
  function size(room, { data, layout }) {
    room.wide = layout.meta?.min_width || 0;
    room.style.minHeight = `${layout.height}px`;
    room.style.setProperty("--most", data.some(isLying) ? `${GROWN * layout.height}px` : "none");
    room.querySelector(".graph").style.minWidth = `${room.wide}px`;
    // Its width is told once all cards stand: to ask for it now would lay out the page for each.
    reached.unobserve(room);
    reached.observe(room);
  }

  const reached = new ResizeObserver((entries) => entries.forEach(({ target }) => {
    const attributes = { tabindex: "0", role: "group", "aria-labelledby": `title-${target.closest("[data-exhibit]").dataset.exhibit}` };
    const scrolls = target.wide > target.clientWidth;
    Object.entries(attributes).forEach(([name, value]) => (scrolls ? target.setAttribute(name, value) : target.removeAttribute(name)));
    fade(target);
  }));

  function fade(room) {
    room.classList.toggle("has-more", room.wide > room.clientWidth + room.scrollLeft + 1);
  }

  document.addEventListener("scroll", ({ target }) => { if (target.wide) fade(target); }, { capture: true, passive: true });

  function merge(target, changes) {
    Object.entries(changes).forEach(([name, value]) => {
      const nested = value && typeof value === "object" && !Array.isArray(value);
      if (nested && target[name] && typeof target[name] === "object") merge(target[name], value);
      else target[name] = value;
    });
  }

  /* What a reader does is answered a moment later. */
  let calm = 0;
  ["click", "input", "change", "keydown", "popstate"].forEach((kind) =>
    window.addEventListener(kind, () => { calm = performance.now() + 150; }, true));

  /* Cards follow a new window once it has come to rest, and not before each is drawn in it. */
  let windows = 0;
  let followed = 0;
  let resting = 0;
  const windowSize = () => `${window.innerWidth} ${window.innerHeight}`;
  let lastSize = windowSize();
  window.addEventListener("resize", () => {
    const current = ++windows;
    lastSize = windowSize();
    window.clearTimeout(resting);
    resting = window.setTimeout(async () => {
      const cards = [...document.querySelectorAll("[data-exhibit]")];
      const results = await Promise.allSettled(cards.map(atlas.refit));
      followed = Math.max(followed, current);
      results.filter(({ status }) => status === "rejected").forEach(({ reason }) => window.reportError(reason));
    }, 150);
  });
  /* A chart whose page was left may never say that it was drawn. */
  document.addEventListener("atlas:page", () => { followed = windows; });

  /* True when every card shows what the address asks for, or will when it comes into sight. */
  atlas.settled = function () {
    const cards = [...document.querySelectorAll("[data-exhibit]")];
    // A window has its new size before its event says so.
    if (performance.now() < calm || followed < windows || lastSize !== windowSize() || !atlas.isComplete()) return false;
    if (!cards.length) return document.querySelector(".whole-page, [data-static]") !== null;
    return cards.every((card) => SETTLED.includes(card.dataset.state));
  };

  function listen(plot) {
    plot.isHeard = true;
    plot.on("plotly_click", (event) => follow(plot, event));
    plot.on("plotly_hover", ({ points }) =>
      plot.classList.toggle("is-on-choice", Boolean(plot.layout.meta?.click && codeOf(points?.[0]?.customdata))));
    plot.on("plotly_unhover", () => plot.classList.remove("is-on-choice"));
  }

  /* A click on a mark that stands for a filter chooses it; a click on the only chosen one lets it go. */
  function follow(plot, { points, event }) {
    const name = plot.layout.meta?.click;
    const code = codeOf(points?.[0]?.customdata);
    if (name && code) atlas.press(event, name, code, offered(plot));
  }

  function codeOf(customdata) {
    const [code] = [].concat(customdata);
    return typeof code === "string" ? code : "";
  }

  /* Marks that can be chosen, by code, with their names: a figure carries these safe for plotly. */
  function offered(plot) {
    return new Map(Object.entries(plot.layout.meta.choices).map(([code, { label }]) => [code, plainOf(label)]));
  }
  const plainOf = (label) => label.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

  atlas.choose = function (name, code) {
    const parameters = atlas.parse(window.location.search);
    parameters[name] = parameters[name] === code ? "" : code;
    // A map looks at what is chosen on it, whatever it looked at before.
    if (name === "area") parameters.view = "";
    atlas.go(atlas.compose(parameters));
  };

  /* New room, new height: the window or a card changed its size. Done once it is drawn. */
  atlas.refit = async function (card) {
    const room = card.querySelector(".card-graph");
    if (!room || room.hidden) return;
    if (card.map) card.map.resize();
    const plot = plotOf(card);
    if (!plot || !card.latest) return;
    size(room, card.latest);
    const { latest } = card;
    if (Math.abs(plot._fullLayout?.width - plot.clientWidth) > 1) atlas.loseMargins(plot, latest);
    await window.Plotly.Plots.resize(plot).catch(unlessGone(plot));
    atlas.nameBeside(plot);
    if (card.latest === latest) atlas.keepMargins(plot, latest);
  };
})(window.atlas);
