/* The hint of a first visit: shown once in a browser, until its reader does anything. */
(function (atlas) {
  "use strict";
  const STORED = "atlas-hint";
  const DEEDS = ["pointerdown", "keydown", "input", "wheel", "touchmove"];

  /* The shell comes after the scripts, so it is waited for. */
  const watch = new MutationObserver(() => {
    const line = document.getElementById("hint");
    if (!line) return;
    watch.disconnect();
    if (atlas.recall(STORED) === "seen") return;
    atlas.remember(STORED, "seen");
    line.hidden = false;
    DEEDS.forEach((deed) => document.addEventListener(deed, away, { capture: true, passive: true }));
  });
  watch.observe(document.body, { childList: true, subtree: true });

  function away() {
    document.getElementById("hint").hidden = true;
    DEEDS.forEach((deed) => document.removeEventListener(deed, away, { capture: true }));
  }
})(window.atlas);
