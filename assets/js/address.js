/* The address: query strings read, written and followed. Codes only, parameters sorted by name. */
window.atlas = window.atlas || {};
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.atlas = window.dash_clientside.atlas || {};

(function (atlas, clientside) {
  "use strict";
  /* Digits of the country's own language, from nought to nine. */
  const DIGITS = [...document.documentElement.dataset.digits];

  atlas.parse = function (search) {
    const parameters = {};
    new URLSearchParams(search || "").forEach((value, name) => {
      if (value !== "") parameters[name] = value;
    });
    return parameters;
  };

  atlas.compose = function (parameters) {
    const encoded = (text) => encodeURIComponent(text).replace(/%2C/g, ",");
    const parts = Object.keys(parameters)
      .filter((name) => parameters[name])
      .sort()
      .map((name) => `${name}=${encoded(parameters[name])}`);
    return parts.length ? `?${parts.join("&")}` : "";
  };

  /* Digits as the reader chose them, in what is counted here and not on the server. */
  atlas.digits = (text) => (atlas.parse(window.location.search).lang?.includes("-")
    ? String(text).replace(/[0-9]/g, (digit) => DIGITS[digit])
    : String(text));

  /* What is looked for and where, alike: small letters without marks, Latin digits, no apostrophes. */
  atlas.plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
    .replace(/\p{Nd}/gu, (digit) => (DIGITS.includes(digit) ? DIGITS.indexOf(digit) : digit))
    .replace(/['’‘]/g, "");

  /* The same view in another language is another page: its links keep whatever view is shown. */
  clientside.keepLanguages = function (pathname, search) {
    document.querySelectorAll("a[data-language]").forEach((link) => {
      const lang = link.dataset.language;
      link.href = `${pathname}${atlas.compose({ ...atlas.parse(search), lang: lang === "en" ? "" : lang })}`;
    });
  };

  /* The first page shows no view: what chooses one there leads to the page that does. */
  const FIRST = "/";

  /* Another page with the view of this one; the first takes no view along. Its month and what a report
     is stay where they are. */
  atlas.turnTo = function (pathname, hash) {
    const { month, template, about, figures, readers, form, langs, at, ...view } = atlas.parse(window.location.search);
    const { edition, lang } = view;
    atlas.go(atlas.compose(pathname === FIRST ? { edition, lang } : view), pathname, hash);
    window.scrollTo(0, 0);
  };

  /* Follow a view or a page inside the product: the address changes, callbacks do the rest. Only
     what changes is set, or every card of the page that is left would ask again. */
  atlas.go = function (search, pathname, hash) {
    const view = atlas.compose(atlas.parse(search));
    if (pathname) turn(view, pathname, hash || "");
    else if (leavesFirst(search)) turn(view, atlas.settings.first.views, "");
    else if (view !== window.location.search) show(view, "pushState", {});
  };

  /* Whether a view is none of the first page, which shows no choices. */
  function leavesFirst(search) {
    const isChoice = (name) => !atlas.settings.first.keeps.includes(name);
    return window.location.pathname === FIRST && Object.keys(atlas.parse(search)).some(isChoice);
  }

  function turn(view, pathname, hash) {
    const next = {};
    if (view !== window.location.search) next.search = view;
    if (pathname !== window.location.pathname) next.pathname = pathname;
    if (hash !== window.location.hash) next.hash = hash;
    if (Object.keys(next).length) window.dash_clientside.set_props("url", next);
  }

  /* The same without an entry of the history: the view takes the place of the one before it. */
  atlas.stay = function (search) {
    const view = atlas.compose(atlas.parse(search));
    if (view !== window.location.search) show(view, "replaceState", window.history.state);
  };

  /* Another view of this page. It is asked for before Dash hears of the address, whose way through all
     controls takes about as long as the server does. */
  function show(view, how, state) {
    window.history[how](state, "", `${window.location.pathname}${view}${window.location.hash}`);
    atlas.askSoon();
    window.dispatchEvent(new Event("_dashprivate_pushstate"));
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-view], a[data-nav]");
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const url = new URL(link.href);
    if (link.dataset.nav !== undefined) {
      atlas.turnTo(url.pathname, url.hash);
    } else if (url.pathname === window.location.pathname) {
      atlas.go(url.search);
    } else {
      atlas.go(url.search, url.pathname, url.hash);
      window.scrollTo(0, 0);
      atlas.arrive();
    }
  });
})(window.atlas, window.dash_clientside.atlas);
