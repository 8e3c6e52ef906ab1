/* Definitions: a "?" opens the terms that it names in place, and gives the focus back. */
(function () {
  "use strict";
  const EDGE = 12;
  const GAP = 8;
  let asked = null;
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
    if (asked === null) {
      asked = fetch(room().dataset.address).then((answer) => {
        if (!answer.ok) throw new Error(`definitions: ${answer.status}`);
        return answer.json();
      });
      asked.catch(() => { asked = null; });
    }
    return asked;
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
    const said = [make(tag, entry.definition)];
    if (entry.not) {
      const not = make(tag, "", "definition-not");
      not.append(make("strong", words.not), ` ${entry.not}`);
      said.push(not);
    }
    return said;
  }

  function one(id, found) {
    const entry = found.terms[id];
    const source = make("p", `${found.words.source} ${entry.source}`, "definition-source");
    const more = make("p");
    more.append(link(id, room().dataset.more));
    return [entry.term, [...parts(entry, found.words, "p"), source, more]];
  }

  function several(ids, found) {
    const list = make("dl");
    ids.forEach((id) => {
      const term = make("dt");
      term.append(link(id, found.terms[id].term));
      list.append(term, ...parts(found.terms[id], found.words, "dd"));
    });
    return [room().dataset.heading, [list]];
  }

  function failed(ids) {
    const said = make("p", `${room().dataset.failed} `);
    said.append(link(ids[0], room().dataset.more));
    return [room().dataset.heading, [said]];
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
      .then((found) => (ids.length === 1 ? one(ids[0], found) : several(ids, found)))
      .catch((error) => { console.warn(error.message); return failed(ids); })
      .then((said) => { if (opener === button) show(button, said); });
  }

  function show(button, said) {
    const box = room();
    fill(said);
    box.hidden = false;
    box.popover = "manual";
    box.showPopover();
    box.querySelector(".definition-body").scrollTop = 0;
    button.setAttribute("aria-expanded", "true");
    place();
    box.focus({ preventScroll: true });
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

  /* Below its button or above it; on a phone the style sheet puts it at the lower edge. */
  function place() {
    if (!opener || !isOpen()) return;
    const box = room();
    const at = opener.getBoundingClientRect();
    if (!opener.isConnected || at.bottom < 0 || at.top > window.innerHeight) { close(false); return; }
    const left = Math.min(Math.max(EDGE, at.left - 20), window.innerWidth - box.offsetWidth - EDGE);
    const above = at.top - GAP - EDGE;
    const below = window.innerHeight - at.bottom - GAP - EDGE;
    box.style.setProperty("--definition-room", `${Math.max(above, below)}px`);
    const height = box.offsetHeight;
    const top = height <= below || below >= above ? at.bottom + GAP : at.top - GAP - height;
    box.style.setProperty("--definition-left", `${left}px`);
    box.style.setProperty("--definition-top", `${top}px`);
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
