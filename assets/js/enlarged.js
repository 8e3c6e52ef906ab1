/* The enlarged card: what a card holds moves into the dialog of its card, and back. */
(function (atlas) {
  "use strict";
  /* The rest of the page is silent behind a dialog: what speaks to the reader comes along. */
  const SPEAKERS = ["definition", "live", "said", "toast", "picked", "present-bar"];
  let pressed = null;

  const speakers = () => SPEAKERS.map((id) => document.getElementById(id));
  /* What puts the card back while it is large, and the menu that enlarged it. */
  const button = (card) => card.querySelector(card.querySelector(".enlarged").open ? ".card-shrink" : ".more > summary");

  /* stop: what gets the focus, if not the button of the card. */
  atlas.enlarge = function (card, stop) {
    atlas.comeNear(card);
    const dialog = card.querySelector(".enlarged");
    card.style.minHeight = `${card.getBoundingClientRect().height}px`;
    dialog.append(card.querySelector(".card-inside"), ...speakers());
    dialog.showModal();
    document.documentElement.classList.add("is-enlarged");
    resized(card, stop || button(card));
  };

  /* Everything where it was, at once: a page may be left or printed next. Gives the card, or null. */
  atlas.putBack = function () {
    const inside = document.querySelector(".enlarged > .card-inside");
    if (!inside) return null;
    const dialog = inside.parentElement;
    const card = dialog.parentElement;
    card.append(inside);
    document.querySelector(".app").append(...speakers());
    card.style.removeProperty("min-height");
    dialog.close();
    document.documentElement.classList.remove("is-enlarged");
    return card;
  };

  atlas.turnLarge = (card) => (card.querySelector(".enlarged").open ? leave() : atlas.enlarge(card));

  function leave() {
    const card = atlas.putBack();
    if (!card) return;
    document.dispatchEvent(new Event("atlas:shrunk"));
    resized(card, button(card) || card.querySelector("button"));
  }

  /* A node that moves loses the focus, which belongs to the button in both places. */
  function resized(card, stop) {
    stop?.focus({ preventScroll: true });
    window.requestAnimationFrame(() => atlas.refit(card));
  }

  /* Escape. A browser may close without asking first; one that was put back is empty by then. */
  document.addEventListener("cancel", (event) => {
    if (!event.target.matches(".enlarged")) return;
    event.preventDefault();
    leave();
  }, true);
  document.addEventListener("close", ({ target }) => {
    if (target.matches(".enlarged") && target.querySelector(":scope > .card-inside")) leave();
  }, true);

  /* A press beside it; a map that is dragged beyond the edge is none. */
  document.addEventListener("pointerdown", (event) => { pressed = event.target; });
  document.addEventListener("click", ({ target }) => {
    if (target === pressed && target.matches(".enlarged")) leave();
  });
})(window.atlas);
