/* Exports: what the menu of a card does in the browser. Pictures and copies are made here, nothing
   is sent anywhere; each ends with one message, also when it could not be made. */
(function (atlas) {
  "use strict";
  document.addEventListener("click", (event) => {
    const item = event.target.closest("[data-export], [data-file]");
    if (!item) return;
    atlas.closeMenu(item.closest(".disclosure"));
    const menu = item.closest(".card-actions").querySelector(".downloads");
    if (item.dataset.export && menu.dataset.busy === undefined) acts[item.dataset.export](menu, item.dataset.export);
  });

  /* A menu of a card opens to where there is more room between the bars, or in the dialog of its card,
     and is no higher than that; also when something opens inside of it. */
  document.addEventListener("toggle", (event) => {
    const menu = event.target.closest(".card-tools .disclosure[open]");
    if (menu) openTo(menu);
  }, true);

  function openTo(menu) {
    const { top, bottom } = roomOf(menu);
    const button = menu.getBoundingClientRect();
    const above = button.top - top;
    const below = bottom - button.bottom;
    const list = menu.querySelector(".menu");
    list.style.maxHeight = "";
    const low = above > Math.min(list.offsetHeight + 12, below);
    menu.classList.toggle("is-low", low);
    menu.classList.toggle("is-high", !low);
    list.style.maxHeight = `${Math.max(120, Math.min(list.offsetHeight, (low ? above : below) - 12))}px`;
  }

  function roomOf(menu) {
    const dialog = menu.closest("dialog");
    if (dialog) return dialog.getBoundingClientRect();
    return {
      top: Math.max(0, document.querySelector(".filter-bar").getBoundingClientRect().bottom),
      bottom: document.querySelector(".bottom-nav").getBoundingClientRect().top || window.innerHeight,
    };
  }

  /* What is said stands at the message, in the language of the page. */
  const message = (name) => document.getElementById("toast").dataset[name];

  /* The menu waits while its picture is drawn, and cannot be asked for another one. */
  async function busy(menu, work) {
    const button = menu.querySelector("summary");
    menu.dataset.busy = "";
    button.setAttribute("aria-busy", "true");
    try {
      await work(menu.closest("[data-exhibit]"));
    } finally {
      delete menu.dataset.busy;
      button.removeAttribute("aria-busy");
    }
  }

  const save = (menu, kind) => busy(menu, async (card) => {
    try {
      await atlas.scripts(atlas.settings.pictures);
      const file = await atlas.picture(card, kind, menu.dataset.name);
      atlas.toast(message("made").replace("{file}", file));
    } catch (error) {
      console.error(error);
      atlas.toast(message("failed"));
    }
  });

  /* Two things can go wrong, and what helps differs: the drawing, or a browser that does not copy. */
  const copyPicture = (menu) => busy(menu, async (card) => {
    const pixels = atlas.scripts(atlas.settings.pictures).then(() => atlas.pixels(card));
    pixels.catch(() => null);  // told below; the browser may find it before the clipboard does
    try {
      await navigator.clipboard.write([new ClipboardItem({ "image/png": pixels })]);
      atlas.toast(message("pictureCopied"));
    } catch (error) {
      console.error(error);
      atlas.toast(message(await pixels.then(() => "pictureNotCopied", () => "failed")));
    }
  });

  async function copyTable(menu) {
    const address = menu.querySelector('[data-file="csv"]').href;
    await copied("tableCopied", () => atlas.tableFor(address));
  }

  async function copyLink(menu) {
    const here = new URL(window.location.href);
    here.hash = menu.closest("[data-exhibit]").dataset.exhibit;
    await copied("linkCopied", () => ({ "text/plain": here.href }));
  }

  /* Writes at once and lets the parts come later, or a browser forgets that it was asked to. */
  async function copied(done, parts) {
    try {
      await navigator.clipboard.write([new ClipboardItem(parts())]);
      atlas.toast(message(done));
    } catch (error) {
      console.error(error);
      atlas.toast(message("copyFailed"));
    }
  }

  const acts = { png: save, svg: save, copy_picture: copyPicture, copy_table: copyTable, copy_link: copyLink };

  /* A link to a figure leads to it once the cards above it have their size. */
  atlas.arrive = function () {
    const exhibit = decodeURIComponent(window.location.hash.slice(1));
    if (!/^[a-z]+\.[a-z-]+$/.test(exhibit)) return;
    const started = performance.now();
    (function look() {
      const card = document.querySelector(`[data-exhibit="${exhibit}"]`);
      if (card && atlas.settled()) card.scrollIntoView({ block: "start" });
      else if (performance.now() - started < 15000) window.setTimeout(look, 100);
    })();
  };
  atlas.arrive();
})(window.atlas);
