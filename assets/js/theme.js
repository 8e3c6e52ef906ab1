/* The theme: what the reader chose, else what the system has. It stands in the head of the page and
   runs before the first paint. Where the system forces its own colours, its own theme holds. */
window.atlas = window.atlas || {};

(function (atlas) {
  "use strict";
  const KEY = "atlas-theme";
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const forced = window.matchMedia("(forced-colors: active)");

  /* What this browser keeps for its reader; one that keeps nothing loses it with the page. */
  atlas.recall = function (name) {
    try {
      return window.localStorage.getItem(name);
    } catch (error) {
      console.info(`Nothing is remembered: ${error.message}`);
      return null;
    }
  };

  atlas.remember = function (name, value) {
    try {
      window.localStorage.setItem(name, value);
    } catch (error) {
      console.info(`Nothing is remembered: ${error.message}`);
    }
  };

  function chosen() {
    const stored = atlas.recall(KEY);
    return stored === "dark" || stored === "light" ? stored : null;
  }

  let choice = chosen();

  function apply() {
    const system = dark.matches ? "dark" : "light";
    const theme = (!forced.matches && choice) || system;
    if (root.dataset.theme === theme) return;
    root.dataset.theme = theme;
    document.dispatchEvent(new CustomEvent("atlas:theme"));
  }

  atlas.isDark = () => root.dataset.theme === "dark";

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-switch]")) return;
    choice = atlas.isDark() ? "light" : "dark";
    atlas.remember(KEY, choice);
    apply();
  });

  /* The system changed, or the reader chose in another window. */
  dark.addEventListener("change", apply);
  forced.addEventListener("change", apply);
  window.addEventListener("storage", (event) => {
    if (event.key !== KEY) return;
    choice = chosen();
    apply();
  });

  apply();
})(window.atlas);
