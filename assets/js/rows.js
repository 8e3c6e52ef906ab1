/* Rows of tables and ranked lists: ordered by a header, left by what is typed above them. Both belong to
   the reader, not to the address; an answer that writes a card anew gets them back. */
(function (atlas) {
  "use strict";
  const LISTS = ".table, .ranking";
  const TURNED = { ascending: "descending", descending: "ascending" };

  const listOf = (node) => node.closest(".rows");
  const bodyOf = (list) => list.querySelector("tbody");
  const rowsOf = (list) => [...bodyOf(list).rows];
  const kindOf = (list) => (list.querySelector(LISTS).classList.contains("ranking") ? "ranking" : "table");
  const choiceOf = (list) => {
    const card = list.closest("[data-exhibit]");
    const kind = kindOf(list);
    card.kept ??= {};
    card.kept[kind] ??= { column: null, way: "none", typed: "" };
    return card.kept[kind];
  };

  /* The order in which the rows came, which is that of no header. */
  function arrived(list) {
    list.arrived ??= rowsOf(list);
    return list.arrived;
  }

  const numberOf = (cell) => (cell.dataset.value === undefined ? null : Number(cell.dataset.value));

  /* Numbers as numbers, also inside of names; a cell that says nothing comes after all that do. */
  function comparison(list, at, way) {
    const words = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
    const sign = way === "descending" ? -1 : 1;
    const numeric = rowsOf(list).some((row) => numberOf(row.cells[at]) !== null);
    const of = (row) => (numeric ? numberOf(row.cells[at]) : atlas.plain(row.cells[at].textContent).trim() || null);
    return (one, other) => {
      const [a, b] = [of(one), of(other)];
      if (a === null || b === null) return (a === null) - (b === null);
      return sign * (numeric ? a - b : words.compare(a, b));
    };
  }

  const isLast = (row) => "last" in row.dataset;

  function order(list, column, way) {
    const buttons = [...list.querySelectorAll("[data-sort]")];
    const button = buttons.find((one) => one.dataset.sort === column);
    if (column !== null && !button) return;
    buttons.forEach((one) => one.closest("th").setAttribute("aria-sort", one === button ? way : "none"));
    const rows = [...arrived(list)];
    if (button && way !== "none") {
      const compare = comparison(list, button.closest("th").cellIndex, way);
      rows.sort((a, b) => isLast(a) - isLast(b) || compare(a, b));
    }
    bodyOf(list).append(...rows);
  }

  /* First way, the other way, and as the rows came. */
  function turn(button) {
    const list = listOf(button);
    const { first } = button.dataset;
    const now = button.closest("th").getAttribute("aria-sort");
    const next = { none: first, [first]: TURNED[first] }[now] || "none";
    Object.assign(choiceOf(list), { column: button.dataset.sort, way: next });
    order(list, button.dataset.sort, next);
  }

  function look(list, typed) {
    const words = atlas.plain(typed).split(/\s+/).filter(Boolean);
    const holds = (text) => words.every((word) => text.includes(word));
    rowsOf(list).forEach((row) => { row.hidden = !holds(atlas.plain(row.textContent)); });
    const counter = list.querySelector("[data-found]");
    const remaining = rowsOf(list).filter((row) => !row.hidden).length;
    list.querySelector(".row-search").classList.toggle("is-asked", typed !== "");
    counter.textContent = words.length ? counter.dataset.found.replace("#", atlas.digits(remaining)) : "";
  }

  /* A card that was written anew has the order and the words that its reader gave it. */
  atlas.keepRows = function (card) {
    card.querySelectorAll(".rows").forEach((list) => {
      const { column, way, typed } = choiceOf(list);
      if (list.arrived) return;
      if (way !== "none") order(list, column, way);
      const field = list.querySelector(".row-search input");
      if (!field || !typed) return;
      field.value = typed;
      look(list, typed);
    });
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-sort]");
    if (button) turn(button);
  });
  document.addEventListener("input", ({ target }) => {
    if (!target.closest(".row-search")) return;
    choiceOf(listOf(target)).typed = target.value;
    look(listOf(target), target.value);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !event.target.closest(".row-search") || !event.target.value) return;
    event.preventDefault();
    event.target.value = "";
    event.target.dispatchEvent(new Event("input", { bubbles: true }));
  });
})(window.atlas);
