/* The page: disclosures, the filter sheet, cards' switches, sharing, reset with undo, titles. */
(function (atlas, clientside) {
  "use strict";
  let first = true;

  const all = (selector, root) => [...(root || document).querySelectorAll(selector)];

  /* --- title, navigation, focus ------------------------------------------------------------ */
  clientside.markPage = function (pathname, settings) {
    atlas.putBack();
    const titles = settings?.titles || {};
    document.title = titles[pathname] || settings?.product || document.title;
    all("a[data-nav]:not(.brand)").forEach((link) => {
      if (link.dataset.nav === pathname) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    });
    if (!first) focusNext();
    first = false;
  };

  /* A page that was gone to is read from its heading on; its content comes a moment later. */
  function focusNext() {
    const room = document.getElementById("page");
    const before = room.querySelector("h1")?.textContent;
    const watch = new MutationObserver(() => {
      const heading = room.querySelector("h1");
      if (!heading || heading.textContent === before) return;
      heading.focus({ preventScroll: true });
      watch.disconnect();
    });
    watch.observe(room, { childList: true, subtree: true, characterData: true });
  }

  /* --- disclosures: one open at a time, closed by Escape or a click elsewhere ---------------- */
  document.addEventListener("click", (event) => {
    const inside = event.target.closest("details[data-disclosure]");
    all("details[data-disclosure][open]").forEach((open) => {
      const kept = open === inside || open.contains(event.target) || isPopup(event.target);
      if (!kept && !inSheet(open)) open.open = false;
    });
  });
  /* The focus goes back to the button of a menu; on a phone the menu of files has none, and came from
     the other one of its card. */
  atlas.closeMenu = function (menu) {
    menu.open = false;
    const buttons = [menu, ...all(".more", menu.parentElement)].map((one) => one.querySelector("summary"));
    buttons.find((button) => button.offsetParent !== null)?.focus();
  };
  const isPopup = (node) => !document.body.contains(node)
    || node.closest("[data-radix-popper-content-wrapper], .dash-dropdown-content, #definition") !== null;
  const inSheet = (node) => node.closest(".filter-menus.is-open") !== null;

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details[data-disclosure][open]");
    const sheet = document.querySelector(".filter-menus.is-open");
    if (open && !(sheet && document.querySelector(".dash-dropdown-content"))) {
      event.preventDefault();
      atlas.closeMenu(open);
    } else if (sheet) closeSheet();
  });

  /* --- the filter sheet of phones ------------------------------------------------------------ */
  function openSheet() {
    const sheet = document.getElementById("filter-sheet");
    sheet.classList.add("is-open");
    sheet.setAttribute("role", "dialog");
    sheet.setAttribute("aria-modal", "true");
    sheet.setAttribute("aria-label", sheet.querySelector(".sheet-title").textContent);
    document.body.classList.add("has-sheet");
    sheet.querySelector("[data-sheet-close]").focus();
  }

  function closeSheet() {
    const sheet = document.getElementById("filter-sheet");
    sheet.classList.remove("is-open");
    ["role", "aria-modal", "aria-label"].forEach((name) => sheet.removeAttribute(name));
    document.body.classList.remove("has-sheet");
    document.querySelector("[data-sheet-open]").focus();
  }

  document.addEventListener("keydown", (event) => {
    const sheet = document.querySelector(".filter-menus.is-open");
    if (event.key !== "Tab" || !sheet) return;
    const stops = all("button, summary, input, a[href], [tabindex='0']", sheet)
      .filter((node) => node.offsetParent !== null);
    const [start, end] = [stops[0], stops.at(-1)];
    if (event.shiftKey && document.activeElement === start) { end.focus(); event.preventDefault(); }
    else if (!event.shiftKey && document.activeElement === end) { start.focus(); event.preventDefault(); }
  });

  /* --- buttons -------------------------------------------------------------------------------- */
  const cardOf = (button) => button.closest("[data-exhibit]");
  /* What a button does with its card; one that stands in a menu closes it first. */
  function fromMenu(button, act) {
    const menu = button.closest(".more");
    if (menu) atlas.closeMenu(menu);
    act(cardOf(button));
  }

  function openFiles(menu) {
    menu.open = true;
    menu.querySelector(".menu-item").focus();
  }

  /* What a button does, by the name of the attribute that it carries. */
  const ACTS = {
    cardShow: (button) => fromMenu(button, (card) => atlas.show(card, card.dataset.show === "table" ? "figure" : "table")),
    cardFiles: (button) => fromMenu(button, (card) => openFiles(card.querySelector(".downloads"))),
    cardExpand: (button) => fromMenu(button, atlas.turnLarge),
    cardZoom: (button) => atlas.zoom(cardOf(button), button.dataset.cardZoom),
    share,
    reset,
    sheetOpen: openSheet,
    sheetClose: closeSheet,
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const name = button && Object.keys(ACTS).find((act) => act in button.dataset);
    if (name) ACTS[name](button);
  });

  atlas.show = function (card, what) {
    card.dataset.show = what;
    card.querySelector("[data-card-show][aria-pressed]")?.setAttribute("aria-pressed", String(what === "table"));
    if (what === "figure") atlas.refit(card);
    else atlas.complete();
  };

  /* The edition that is shown stays in a link that asks for it, and leaves one to what is newest. */
  function share(button) {
    const parameters = atlas.parse(window.location.search);
    parameters.edition = button.dataset.share === "edition"
      ? document.querySelector(".filter-status [data-release]").dataset.release : "";
    const menu = button.closest(".share");
    atlas.closeMenu(menu);
    atlas.copyView(atlas.compose(parameters));
  }

  atlas.copyView = async function (search) {
    const here = new URL(search || window.location.pathname, window.location.href);
    try {
      await navigator.clipboard.writeText(here.href);
      atlas.toast(document.querySelector(".share").dataset.shared);
    } catch (error) {
      console.error(error);
      atlas.toast(document.getElementById("toast").dataset.copyFailed);
    }
  };

  /* Options of exhibits stay; only filters go, and one click brings them back. */
  function reset(button) {
    const filters = [...Object.keys(atlas.settings.filters), "period", "compare"];
    const parameters = atlas.parse(window.location.search);
    if (!filters.some((name) => parameters[name])) return;
    filters.forEach((name) => { delete parameters[name]; });
    const before = window.location.search;
    atlas.go(atlas.compose(parameters));
    atlas.toast(button.dataset.reset, button.dataset.undo, () => atlas.go(before));
  }

  /* --- messages ------------------------------------------------------------------------------- */
  let timer = 0;
  atlas.toast = function (text, action, act) {
    const room = document.getElementById("toast");
    room.textContent = text;
    if (action) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = action;
      button.addEventListener("click", () => { act(); room.hidden = true; });
      room.append(" ", button);
    }
    room.hidden = false;
    say(text);
    window.clearTimeout(timer);
    timer = window.setTimeout(() => { room.hidden = true; }, 8000);
  };

  function say(text) {
    const live = document.getElementById("said");
    if (live) live.textContent = text;
  }
})(window.atlas, window.dash_clientside.atlas);
