/* Hints of a first visit: shown until they are put away, and then never again in this browser. */
(function (atlas) {
  "use strict";
  const STORED = "atlas-hints";
  const seen = () => (atlas.recall(STORED) || "").split(" ").filter(Boolean);

  /* The shell comes after the scripts, so it is waited for. */
  const watch = new MutationObserver(() => {
    const room = document.getElementById("hints");
    if (!room) return;
    watch.disconnect();
    const away = seen();
    room.querySelectorAll("[data-hint]").forEach((hint) => { hint.hidden = away.includes(hint.dataset.hint); });
    tidy(room);
  });
  watch.observe(document.body, { childList: true, subtree: true });

  function tidy(room) {
    room.hidden = room.querySelector("[data-hint]:not([hidden])") === null;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-hint-away]");
    if (!button) return;
    const hint = button.closest("[data-hint]");
    const next = [...hint.parentElement.querySelectorAll("[data-hint]:not([hidden])")].find((one) => one !== hint);
    hint.hidden = true;
    atlas.remember(STORED, [...seen(), hint.dataset.hint].join(" "));
    tidy(document.getElementById("hints"));
    (next ? next.querySelector("button") : document.getElementById("main")).focus();
  });
})(window.atlas);
