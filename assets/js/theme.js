/* The theme: what the reader chose, else what the system has. It stands in the head of the page and
   runs before the first paint. Where the system forces its own colours, its own theme holds. */
window.atlas = window.atlas || {};

(function (atlas) {
  "use strict";
  const KEY = "atlas-theme";
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const forced = window.matchMedia("(forced-colors: active)");
  let choice = kept();

  /* A browser may keep nothing for us; then a choice holds until the page is left. */
  function kept() {
    try {
      const found = window.localStorage.getItem(KEY);
      return found === "dark" || found === "light" ? found : null;
    } catch (error) {
      console.info(`The theme is not remembered: ${error.message}`);
      return null;
    }
  }

  function keep(theme) {
    try {
      window.localStorage.setItem(KEY, theme);
    } catch (error) {
      console.info(`The theme is not remembered: ${error.message}`);
    }
  }

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
    keep(choice);
    apply();
  });

  /* The system changed, or the reader chose in another window. */
  dark.addEventListener("change", apply);
  forced.addEventListener("change", apply);
  window.addEventListener("storage", (event) => {
    if (event.key !== KEY) return;
    choice = kept();
    apply();
  });

  apply();
})(window.atlas);
