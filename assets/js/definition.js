/* Definitions: a "?" opens the terms that it names in place, and gives the focus back. */
(function () {
  "use strict";
  const EDGE = 12;
  const GAP = 8;
  /* A definition is not squeezed lower than this where there is a place for it elsewhere. */
  const LEAST = 200;
  const PHONE = 760;
  const ROOM = 120;
  let pending = null;
  let opener = null;

  const room = () => document.getElementById("definition");

  function make(tag, text, className) {
    const node = document.createElement(tag);
    if (text) node.textContent = text;
    if (className) node.className = className;
    return node;
  }

  /* One question for all definitions; a failed one is asked again by the next "?". */
  function definitions() {
    if (pending === null) {
      pending = fetch(room().dataset.address).then((answer) => {
        if (!answer.ok) throw new Error(`definitions: ${answer.status}`);
        return answer.json();
      });
      pending.catch(() => { pending = null; });
    }
    return pending;
  }

  /* --- what is said --------------------------------------------------------------------------- */
  function link(id, text) {
    const node = make("a", text, "definition-link");
    const view = window.atlas.compose({ lang: window.atlas.parse(window.location.search).lang });
    node.href = `/glossary${view}#${id}`;
    node.dataset.nav = "/glossary";
    return node;
  }

  function parts(entry, words, tag) {
    const nodes = [make(tag, entry.definition)];
    if (entry.not) {
      const not = make(tag, "", "definition-not");
      not.append(make("strong", words.not), ` ${entry.not}`);
      nodes.push(not);
    }
    return nodes;
  }

  function one(id, glossary) {
    const entry = glossary.terms[id];
    const source = make("p", `${glossary.words.source} ${entry.source}`, "definition-source");
    const more = make("p");
    more.append(link(id, room().dataset.more));
    return [entry.term, [...parts(entry, glossary.words, "p"), source, more]];
  }

  function several(ids, glossary) {
    const list = make("dl");
    ids.forEach((id) => {
      const term = make("dt");
      term.append(link(id, glossary.terms[id].term));
      list.append(term, ...parts(glossary.terms[id], glossary.words, "dd"));
    });
    return [room().dataset.heading, [list]];
  }

  function failed(ids) {
    const sentence = make("p", `${room().dataset.failed} `);
    sentence.append(link(ids[0], room().dataset.more));
    return [room().dataset.heading, [sentence]];
  }

  function fill([title, body]) {
    room().querySelector(".definition-title").textContent = title;
    room().querySelector(".definition-body").replaceChildren(...body);
  }

  /* --- open and close ------------------------------------------------------------------------- */
  function open(button) {
    const ids = button.dataset.terms.split(" ");
    opener = button;
    definitions()
      .then((glossary) => (ids.length === 1 ? one(ids[0], glossary) : several(ids, glossary)))
      .catch((error) => { console.warn(error.message); return failed(ids); })
      .then((content) => { if (opener === button) show(button, content); });
  }

  function show(button, content) {
    const box = room();
    fill(content);
    box.hidden = false;
    box.popover = "manual";
    box.showPopover();
    box.querySelector(".definition-body").scrollTop = 0;
    button.setAttribute("aria-expanded", "true");
    uncover(button, box);
    place();
    box.focus({ preventScroll: true });
  }

  /* At the lower edge of a phone it would lie over its button and what that explains: those move up. */
  function uncover(button, box) {
    const low = button.getBoundingClientRect().bottom + ROOM > box.getBoundingClientRect().top;
    if (window.innerWidth <= PHONE && low && !button.closest(".filter-panel")) {
      const title = button.closest(".card-heading")?.querySelector(".card-title");
      (title || button).scrollIntoView({ block: "start", behavior: "instant" });
    }
  }

  const isOpen = () => room()?.matches(":popover-open");

  function close(back) {
    const button = opener;
    opener = null;
    if (isOpen()) room().hidePopover();
    if (!button) return;
    button.setAttribute("aria-expanded", "false");
    if (back) button.focus({ preventScroll: true });
  }

  /* Where it covers least of what it explains, its title before all; what it may cover at all is told
     by the first of these that the button stands in. On a phone the style sheet puts it at the lower edge. */
  const EXPLAINED = [".tile", ".filter-panel", ".card-inside"];
  const PARTS = ".card-title, .card-subtitle, .card-figure, .card-table";
  const WEIGHT = 100;

  function explained(button) {
    const host = EXPLAINED.map((selector) => button.closest(selector)).find(Boolean);
    if (!host) return { around: button.getBoundingClientRect(), areas: [] };
    const nodes = host.matches(".card-inside") ? [...host.querySelectorAll(PARTS)] : [host];
    const areas = nodes.map((node) => [node.getBoundingClientRect(), node.matches(".card-title") ? WEIGHT : 1]);
    return { around: host.getBoundingClientRect(), areas: areas };
  }

  const bounded = (value, size, most) => Math.min(Math.max(EDGE, value), most - size - EDGE);
  const shared = (from, to, begin, end) => Math.max(0, Math.min(to, end) - Math.max(from, begin));

  function covered({ left, top, height }, width, areas) {
    return areas.reduce((sum, [area, weight]) => sum + weight
      * shared(left, left + width, area.left, area.right) * shared(top, top + height, area.top, area.bottom), 0);
  }

  /* Below and above the button, beside what holds it, and below its heading. */
  function places(at, { around, areas }, width, fullHeight) {
    const head = Math.max(at.bottom, ...areas.slice(0, 2).map(([area]) => area.bottom));
    const x = bounded(at.left - 20, width, window.innerWidth);
    const under = (edge) => ({ left: x, top: edge + GAP, height: Math.min(fullHeight, window.innerHeight - edge - GAP - EDGE) });
    const above = Math.min(fullHeight, at.top - GAP - EDGE);
    const beside = (left) => ({ left: left, top: bounded(at.top, fullHeight, window.innerHeight), height: fullHeight });
    return [
      under(at.bottom),
      { left: x, top: at.top - GAP - above, height: above },
      beside(around.right + GAP),
      beside(around.left - GAP - width),
      under(head),
    ].filter(({ left, height }) => height >= Math.min(fullHeight, LEAST)
      && left >= EDGE && left + width <= window.innerWidth - EDGE);
  }

  function place() {
    if (!opener || !isOpen()) return;
    const box = room();
    const at = opener.getBoundingClientRect();
    if (!opener.isConnected || at.bottom < 0 || at.top > window.innerHeight) { close(false); return; }
    box.style.setProperty("--definition-room", `${window.innerHeight}px`);
    const width = box.offsetWidth;
    const about = explained(opener);
    const [best] = places(at, about, width, box.offsetHeight)
      .map((spot) => [spot, covered(spot, width, about.areas)])
      .sort(([, a], [, b]) => a - b)[0] || [{ left: EDGE, top: EDGE, height: window.innerHeight - 2 * EDGE }];
    box.style.setProperty("--definition-room", `${best.height}px`);
    box.style.setProperty("--definition-left", `${best.left}px`);
    box.style.setProperty("--definition-top", `${best.top}px`);
  }
  window.addEventListener("resize", place);
  document.addEventListener("scroll", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("#definition")) place();
  }, true);

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-terms]");
    if (button && button === opener) close(true);
    else if (button) open(button);
    else if (event.target.closest("[data-definition-close]")) close(true);
    else if (event.target.closest("#definition a")) close(false);
  });

  /* A press elsewhere closes it, and so does going on with the keyboard. */
  const isAway = (node) => opener && !opener.contains(node) && !room().contains(node);
  document.addEventListener("pointerdown", (event) => { if (isAway(event.target)) close(false); });
  document.addEventListener("focusin", (event) => { if (isAway(event.target)) close(false); });

  /* Before the page hears it: Escape closes the definition and leaves open what is under it. */
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !isOpen()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    close(true);
  }, true);
})();
