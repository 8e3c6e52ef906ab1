/* The glossary page: search among its entries, and the entry that the address names. */
(function () {
  "use strict";
  const all = (selector, root) => [...(root || document).querySelectorAll(selector)];
  const page = () => document.querySelector("[data-glossary]");

  /* --- search --------------------------------------------------------------------------------- */
  function filter(text) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const holds = (entry) => words.every((word) => entry.textContent.toLowerCase().includes(word));
    let count = 0;
    all("[data-letter-group]", page()).forEach((group) => {
      const matches = all(".entry", group).filter((entry) => {
        entry.hidden = !holds(entry);
        return !entry.hidden;
      });
      group.hidden = matches.length === 0;
      group.open = words.length > 0 && matches.length > 0;
      page().querySelector(`[data-letter="${group.dataset.letterGroup}"]`).parentNode.hidden = group.hidden;
      count += matches.length;
    });
    page().querySelector(".glossary-nothing").hidden = count > 0;
    const counter = page().querySelector(".glossary-found");
    counter.textContent = count === 1 ? counter.dataset.one : counter.dataset.many.replace("#", window.atlas.digits(count));
  }

  const field = () => document.getElementById("glossary-search");

  function clear() {
    field().value = "";
    filter("");
  }

  document.addEventListener("input", (event) => {
    if (event.target.id === "glossary-search") filter(event.target.value);
  });

  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "glossary-search") return;
    if (event.key === "Escape" && field().value) { event.preventDefault(); clear(); }
    if (event.key === "Enter") {
      const first = page().querySelector(".entry:not([hidden])");
      if (first) arrive(first);
    }
  });

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-glossary-clear]")) return;
    clear();
    field().focus();
  });

  /* --- arriving ------------------------------------------------------------------------------- */
  function arrive(node) {
    const group = node.closest("details");
    if (group) group.open = true;
    node.scrollIntoView({ block: "start" });
    (node.closest("summary") || node).focus({ preventScroll: true });
  }

  function named() {
    const node = page() && document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    return node && page().contains(node) ? node : null;
  }

  function follow() {
    const node = named();
    if (!node) return;
    if (node.closest("[hidden]")) clear();
    arrive(node);
  }

  window.addEventListener("hashchange", follow);

  /* A click on the entry that the address names already brings the reader there too. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-glossary] a[href^='#']");
    if (link && link.hash === window.location.hash) window.requestAnimationFrame(follow);
  });

  /* The page's content comes after its address: go on to the entry once it is there. */
  document.addEventListener("atlas:page", () => window.requestAnimationFrame(follow));
  window.addEventListener("_dashprivate_pushstate", () => window.requestAnimationFrame(follow));
})();
