/* Keys: single letters for who works without a mouse. They are silent while something is typed, and
   can be switched off, since speech input may send letters that nobody meant as keys. */
(function (atlas) {
  "use strict";
  const STORED = "atlas-keys";
  const CHORD = 1500;
  let begun = 0;

  const list = () => document.getElementById("keys");
  const isOn = () => atlas.recall(STORED) !== "off";
  const isTyping = (node) => node.isContentEditable
    || node.matches("textarea, select, [role='combobox'], input:not([type='checkbox']):not([type='radio'])");
  const BUSY = "dialog[open]:not(.enlarged), .filter-menus.is-open, #definition:popover-open";
  /* The bar and the other pages are out of reach behind an enlarged card. */
  const BEHIND = ["/", "g"];
  const isBusy = (key) => document.querySelector(BUSY) !== null
    || (BEHIND.includes(key) && document.querySelector(".enlarged[open]") !== null);

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (!list() || !isOn() || isTyping(event.target) || isBusy(event.key)) return;
    const second = performance.now() - begun < CHORD;
    begun = 0;
    const page = second && document.querySelector(`[data-key="g ${event.key}"]`);
    const act = page ? () => atlas.turnTo(page.dataset.path) : ALONE[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  const ALONE = {
    "/": filter,
    "?": open,
    g: () => { begun = performance.now(); },
    t: swap,
    p: () => atlas.present(),
    c: () => atlas.copyView(window.location.search),
  };


  /* The first menu of the bar, or on a phone the sheet that holds them all. */
  function filter() {
    const sheet = document.querySelector("[data-sheet-open]");
    if (sheet.offsetParent !== null) sheet.click();
    else document.querySelector(".filter-bar summary").focus();
  }

  /* Figure or table of the card that has the focus, else of the first one in sight. */
  function swap() {
    const cards = [...document.querySelectorAll("[data-exhibit]")].filter((one) => one.querySelector("[data-card-show]"));
    const inSight = (one) => one.getBoundingClientRect().bottom > window.innerHeight / 4;
    const card = cards.find((one) => one.contains(document.activeElement)) || cards.find(inSight);
    if (!card) return;
    const view = card.dataset.show === "table" ? "figure" : "table";
    atlas.show(card, view);
    card.querySelector("[data-card-show]").focus();
  }

  /* --- the list -------------------------------------------------------------------------------- */
  function open() {
    list().querySelector("[data-keys-on]").setAttribute("aria-checked", String(isOn()));
    list().showModal();
  }

  function flip(button) {
    const on = button.getAttribute("aria-checked") !== "true";
    button.setAttribute("aria-checked", String(on));
    atlas.remember(STORED, on ? "on" : "off");
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-keys-on]");
    if (button) flip(button);
    else if (event.target.closest("[data-keys-open]")) open();
    else if (event.target.closest("[data-keys-close]") || event.target.id === "keys") list().close();
  });
})(window.atlas);
