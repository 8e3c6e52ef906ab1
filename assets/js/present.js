/* Present: one card a screen, each in its own dialog of an enlarged card, with large type. All cards,
   tables and maps of the page are fetched at the start, so it goes on when the link drops. */
(function (atlas) {
  "use strict";
  const WAYS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };
  /* What has a use for arrows of its own. */
  const MOVED = "canvas, input, select, [role='application'], .map-places, .table-scroll, .menu";
  let presented = null;

  const bar = () => document.getElementById("present-bar");
  const cards = () => [...document.querySelectorAll("[data-exhibit]")].filter((card) => card.checkVisibility());
  const stop = (way) => bar().querySelector(`[data-present="${way}"]`);

  atlas.isPresenting = () => presented !== null;

  atlas.present = function () {
    if (presented) { leave(); return; }
    const inSight = (card) => card.getBoundingClientRect().bottom > window.innerHeight / 4;
    const first = cards().find((card) => card.querySelector(".enlarged[open]")) || cards().find(inSight);
    if (!first) return;
    atlas.putBack();
    bar().hidden = false;
    open(first, "later");
    bringAll();
  };

  function open(card, focused) {
    presented = card;
    const all = cards();
    const at = all.indexOf(card);
    card.querySelector(".enlarged").classList.add("is-presented");
    const place = bar().querySelector("p");
    place.textContent = place.dataset.place.replace("{n}", atlas.digits(at + 1)).replace("{all}", atlas.digits(all.length));
    stop("earlier").disabled = at === 0;
    stop("later").disabled = at === all.length - 1;
    atlas.enlarge(card, stop(focused).disabled ? stop("leave") : stop(focused));
  }

  function turn(way) {
    const next = cards()[cards().indexOf(presented) + way];
    if (!next) return;
    close();
    open(next, way > 0 ? "later" : "earlier");
  }

  function close() {
    const card = presented;
    atlas.putBack();
    card.querySelector(".enlarged").classList.remove("is-presented");
    window.requestAnimationFrame(() => atlas.refit(card));
    return card;
  }

  function leave() {
    const card = close();
    ended();
    card.scrollIntoView({ block: "start" });
    card.querySelector("button")?.focus({ preventScroll: true });
  }

  /* The dialog was left by itself: by Escape, by its button, or with its page. */
  function ended() {
    presented?.querySelector(".enlarged").classList.remove("is-presented");
    presented = null;
    bar().hidden = true;
  }
  document.addEventListener("atlas:shrunk", ended);
  document.addEventListener("atlas:page", ended);

  /* Asks again until all is here; what is asked for as its reader comes near is asked for now. */
  async function bringAll() {
    atlas.complete();
    const isWhole = atlas.isComplete(); // before: a map that comes meanwhile is not waited for here
    const maps = cards().filter((card) => card.figure?.form === "map").map((card) => atlas.readyFor(card.figure));
    const charts = cards().some((card) => card.figure?.data) ? [atlas.scripts(atlas.settings.charts)] : [];
    await Promise.all([...maps, ...charts]).catch((error) => console.warn(error.message));
    if (!presented) return;
    bar().classList.toggle("is-ready", isWhole);
    if (!isWhole) window.setTimeout(bringAll, 300);
  }

  document.addEventListener("keydown", (event) => {
    if (!presented || !(event.key in WAYS) || event.defaultPrevented || event.target.closest(MOVED)) return;
    event.preventDefault();
    const isTurned = document.dir === "rtl" && event.key.startsWith("Arrow");
    turn(isTurned ? -WAYS[event.key] : WAYS[event.key]);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-present]");
    if (!button) return;
    const act = { later: () => turn(1), earlier: () => turn(-1), leave: leave }[button.dataset.present];
    (act || atlas.present)();
  });
})(window.atlas);
