/* Maps: the component that draws them (src/atlas_map) is fetched, and put into a card, only when the reader
   comes near it. */
(function (atlas) {
  "use strict";
  const NEAR = 300;
  /* The room of a map that is not there yet: as high as it will be, or nearly so on a phone. */
  const AROUND = 350;
  const LEAST = 400;
  const MOST = 720;
  const PHONE = 640;
  const ON_PHONE = 500;
  const ROW = 20;
  const awaited = new Map();

  /* Resolves when a map can be drawn. */
  atlas.readyFor = async function (description) {
    await atlas.scripts(atlas.settings.maps);
    atlas.map ??= Object.assign(window.atlas_map.map, { geography: atlas.settings.geography });
    await Promise.all([atlas.map.learn(description), atlas.map.lettersLoaded(JSON.stringify(description))]);
  };

  /* Put a map into its card, at once where everything is here. */
  atlas.placeMap = function (card, description) {
    const room = card.querySelector(".card-graph");
    card.description = description;
    room.classList.toggle("is-still", !description.ground);
    if (card.map && atlas.map.isKnown(description)) { draw(card, description); return; }
    if (!card.map) room.style.minHeight = `${heightFor(description)}px`;
    card.dataset.state = atlas.isNear(card) ? "drawing" : "afar";
    atlas.beLate(card);
    whenNear(card).then(() => come(card, description)).then(() => draw(card, description)).catch((error) => {
      card.dataset.state = "shown";
      atlas.beLate(card, 0);
      atlas.show(card, "table");
      throw error;
    });
  };

  function heightFor({ legend }) {
    const rows = legend.reduce((sum, part) => sum + part.entries.length, 0) / 2;
    return window.innerWidth < PHONE ? ON_PHONE + ROW * (Math.ceil(rows) + legend.length)
      : Math.max(LEAST, Math.min(MOST, window.innerHeight - AROUND));
  }

  /* A map that its reader came near to waits for scripts, boundaries and letters. */
  async function come(card, description) {
    if (card.description !== description || !card.isConnected) return;
    if (card.dataset.state === "afar") {
      card.dataset.state = "drawing";
      atlas.beLate(card);
    }
    await atlas.readyFor(description);
  }

  /* A map that a newer answer has overtaken, or whose page was left, is not drawn. */
  function draw(card, description) {
    if (card.description !== description || !card.isConnected) return;
    put(card, description);
    card.dataset.state = "shown";
    atlas.beLate(card, 0);
  }

  /* The component with a description; `card.map` is what it draws with. */
  function put(card, description) {
    const { React, ReactDOM } = window;
    const room = card.querySelector(".map-room");
    const { exhibit } = card.dataset;
    card.component ??= { root: ReactDOM.createRoot(room), ref: React.createRef() };
    const { root, ref } = card.component;
    const props = { ...description, ref: ref, id: `map-${exhibit}`, labelledBy: `title-${exhibit}`, hint: room.dataset.keys,
      places: room.dataset.places, geography: atlas.settings.geography, frame: card.querySelector(".card-graph"),
      inTheme: atlas.inTheme, setProps: ({ clicked }) => press(card, clicked) };
    ReactDOM.flushSync(() => root.render(React.createElement(window.atlas_map.AtlasMap, props)));
    card.map = ref.current.live;
  }

  /* A place that was pressed is a choice; one among flows is chosen alone, and let go by another press. */
  function press(card, { code, ...keys }) {
    const { description, list } = card.map;
    const offered = new Map(list.places().map((place) => [place.code, place.lines[0]]));
    if ("chosen" in description) atlas.choose(description.click, code);
    else atlas.press({ ...keys, target: document.activeElement }, description.click, code, offered);
  }

  /* A map whose card goes, or shows something else. */
  atlas.leaveMap = function (card) {
    card.component?.root.unmount();
    card.component = null;
    card.map = null;
  };

  /* Closer, farther, or back to what the map shows first. */
  atlas.zoom = function (card, how) {
    if (card.map) card.map.zoom(how);
  };

  /* Cards whose map is drawn. */
  atlas.drawnMaps = () => [...document.querySelectorAll("[data-exhibit]")]
    .filter((card) => card.map?.description && !card.querySelector(".card-graph").hidden);

  document.addEventListener("atlas:theme", () => atlas.drawnMaps().forEach((card) => card.map.redraw()));

  atlas.isNear = function (room) {
    const at = room.getBoundingClientRect();
    return at.bottom > -NEAR && at.top < window.innerHeight + NEAR;
  };

  /* Resolves when a room is in sight or nearly so. */
  function whenNear(room) {
    if (atlas.isNear(room)) return Promise.resolve();
    return new Promise((resolve) => {
      awaited.set(room, [...(awaited.get(room) || []), resolve]);
      watched.observe(room);
    });
  }

  /* A map whose reader is there, wherever its card stands on the page: it is enlarged. */
  atlas.comeNear = (room) => { if (awaited.has(room)) arrived(room); };

  function arrived(room) {
    watched.unobserve(room);
    (awaited.get(room) || []).forEach((resolve) => resolve());
    awaited.delete(room);
  }

  /* Shorter cards above bring a map near as well: those are painted first. */
  const watched = new IntersectionObserver((entries) => entries.forEach((entry) => {
    if (entry.isIntersecting) atlas.whenIdle(() => arrived(entry.target));
  }), { rootMargin: `${NEAR}px` });
})(window.atlas);
