/* Notes of cards: two lines of a long note, and a button for the rest of it. */
(function (atlas) {
  "use strict";

  /* Less than half a line is what a mark in it reaches beyond, not a line that is cut. */
  const HALF_A_LINE = 9;

  const sized = new ResizeObserver((entries) => entries.forEach(({ target }) => offer(target)));

  /* A new answer has a new note, which is measured once it stands and whenever its room changes. */
  atlas.watchNote = function (card) {
    window.requestAnimationFrame(() => {
      const note = card.querySelector(".card-note");
      if (note) sized.observe(note);
    });
  };

  /* A note that a new answer has replaced is told of once more, when it goes. */
  function offer(note) {
    if (!note.isConnected) { sized.unobserve(note); return; }
    const button = note.closest(".card-foot").querySelector("[data-note]");
    const open = note.classList.contains("is-whole");
    if (button && !open) button.hidden = note.scrollHeight - note.clientHeight < HALF_A_LINE;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-note]");
    if (!button) return;
    const open = button.closest(".card-foot").querySelector(".card-note").classList.toggle("is-whole");
    button.setAttribute("aria-expanded", String(open));
  });
})(window.atlas);
