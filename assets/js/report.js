/* Reports: own words under a figure, dragging, "To report" in the menu of a card, and the file. The
   report is its address (pages/report.py); words stay in this window until a file is made of them. */
(function (atlas) {
  "use strict";
  const DRAFT = "atlas-report";
  const WORDS = "atlas-report-words";
  const MOST = 30;
  const BETWEEN = "!";

  const room = () => document.querySelector("#report .report");
  const isHere = () => window.location.pathname === "/report";
  const recall = (name) => JSON.parse(window.sessionStorage.getItem(name) || "{}");
  const keep = (name, value) => window.sessionStorage.setItem(name, JSON.stringify(value));
  const figures = () => [...document.querySelectorAll(".report-item")].map((item) => item.dataset.figure);
  const addressWith = (list) => atlas.compose({ ...atlas.parse(window.location.search), figures: list.join(BETWEEN) });

  /* Steps made on this page, which "Undo" takes back, and the view that the last one led to. */
  let steps = 0;
  let last = null;
  let isBack = false;
  window.addEventListener("popstate", () => { isBack = true; });

  function countSteps() {
    const now = window.location.search;
    if (last !== null && now !== last) steps = Math.max(0, steps + (isBack ? -1 : 1));
    [last, isBack] = [now, false];
    const undo = document.querySelector("[data-report-undo]");
    if (undo) undo.disabled = steps === 0;
  }

  /* --- what an answer brought ------------------------------------------------------------------ */
  function dress() {
    if (!room()) return;
    countSteps();
    keep(DRAFT, { search: window.location.search, figures: figures() });
    document.querySelectorAll(".report-item").forEach((item) => { item.draggable = true; });
    const place = document.querySelector("[data-report-words]");
    if (place && !place.firstChild) place.append(...field(place));
  }

  /* The field for own words: what is typed stays here. */
  function field(place) {
    const { reportWords: figure, longest, count } = place.dataset;
    const text = document.createElement("textarea");
    const sentence = document.createElement("p");
    const tell = () => { sentence.textContent = count.replace("{n}", atlas.digits(text.value.length)).replace("{all}", atlas.digits(longest)); };
    text.maxLength = Number(longest);
    text.rows = 3;
    text.className = "form-control";
    text.setAttribute("aria-labelledby", "report-words");
    text.value = recall(WORDS)[figure] || "";
    text.addEventListener("input", () => {
      keep(WORDS, { ...recall(WORDS), [figure]: text.value });
      tell();
    });
    tell();
    return [text, sentence];
  }

  const watch = new MutationObserver(dress);
  document.addEventListener("atlas:page", () => {
    watch.disconnect();
    [steps, last] = [0, null];
    const place = document.getElementById("report");
    if (!place) return;
    restore();
    watch.observe(place, { childList: true });
    dress();
  });

  /* Who comes back to the page finds the report that was left, in the language of now. */
  function restore() {
    const { search, figures: list } = recall(DRAFT);
    const now = atlas.parse(window.location.search);
    if (!isHere() || !search || !list?.length || now.figures || now.template) return;
    atlas.stay(atlas.compose({ ...atlas.parse(search), lang: now.lang || "" }));
  }

  /* --- order ----------------------------------------------------------------------------------- */
  let dragged = null;
  document.addEventListener("dragstart", (event) => { dragged = event.target.closest?.(".report-item") || null; });
  document.addEventListener("dragover", (event) => {
    if (dragged && event.target.closest(".report-item")) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const onto = event.target.closest(".report-item");
    if (!dragged || !onto || onto === dragged) return;
    event.preventDefault();
    const items = [...onto.parentElement.children];
    onto[items.indexOf(dragged) < items.indexOf(onto) ? "after" : "before"](dragged);
    dragged = null;
    atlas.go(addressWith(figures()));
  });

  /* --- buttons --------------------------------------------------------------------------------- */
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-report]");
    const file = event.target.closest("[data-report-file]");
    if (link) add(event, link);
    else if (file) download(file);
    else if (event.target.closest("[data-report-undo]")) window.history.back();
  });

  /* A figure joins the report of this window; the page of reports shows it. */
  function add(event, link) {
    event.preventDefault();
    const { search = "", figures: list = [] } = recall(DRAFT);
    const { report: figure, added, full } = link.dataset;
    atlas.closeMenu(link.closest(".more"));
    if (list.length >= MOST) { atlas.toast(full); return; }
    const next = [...list, figure];
    const { lang } = atlas.parse(window.location.search);
    const view = atlas.compose({ ...atlas.parse(search), figures: next.join(BETWEEN), at: String(next.length - 1), lang: lang || "" });
    keep(DRAFT, { search: view, figures: next });
    atlas.toast(added.replace("{n}", atlas.digits(next.length)), link.dataset.open, () => atlas.go(view, "/report"));
  }

  async function download(button) {
    const { made, failed } = room().dataset;
    const present = new Set(figures());
    const words = Object.fromEntries(Object.entries(recall(WORDS)).filter(([figure, text]) => present.has(figure) && text.trim()));
    const body = new URLSearchParams({ address: window.location.search, words: JSON.stringify(words) });
    const token = document.querySelector(".header-account [name='token']");
    if (token) body.set("token", token.value);
    button.disabled = true;
    atlas.toast(button.dataset.reportFile);
    try {
      const answer = await window.fetch("/report/file", { method: "POST", body: body });
      if (!answer.ok) { atlas.toast((await answer.text()).trim() || failed); return; }
      const name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition"))[1];
      save(await answer.blob(), name);
      atlas.toast(made.replace("{file}", name));
    } catch (error) {
      console.error(error);
      atlas.toast(failed);
    } finally {
      button.disabled = false;
    }
  }

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }
})(window.atlas);
