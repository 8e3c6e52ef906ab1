/* Answers: asks the server for what the address shows and puts it in place. A view takes two requests:
   the words around the cards with the cards in sight, then the rest once the browser is idle, or a card
   that a reader comes near. Text comes as HTML that only the server writes (`components/writer.py`).
   The callback is asked here and not through Dash: what it answers is no property of a component, and its
   way through all of them, there and back, takes a browser longer than placing it. */
(function (atlas, clientside) {
  "use strict";
  const IDLE = 200;
  const NEAR = 300;
  /* An answer that comes so soon replaces what is shown; dimmed before, the page would be painted twice. */
  const SOON = 200;
  /* An answer that has not come by then was lost, and is asked for again; each time more patiently. */
  const PATIENCE = 10000;
  /* What changes the style of the card that holds it. A style that asks with `:has()` itself is asked
     again at each mark that a chart draws: half of what a browser did for a chart was that. */
  const HELD = { options: ".card-options > *", way: ".way", nothing: ".state--empty", problem: ".state--problem" };
  const CALLBACK = "/_dash-update-component";
  const COLUMNS = 12;
  const FOCUSABLE = "a[href], button, summary, input, [tabindex]";
  /* Path of the page whose cards stand here, and the address that the words around them are of. */
  let standing = null;
  let loaded = null;
  let worded = null;
  /* The address that was asked about last: between a change of it and that question nothing is lacking yet. */
  let lastAsked = null;
  const NOTHING = { address: null, tries: 0, question: null };
  let pending = NOTHING;
  let lost = 0;
  let usual = null;
  let idle = 0;
  let dimmed = 0;

  const byId = (id) => document.getElementById(id);
  const cards = () => [...document.querySelectorAll("[data-exhibit]")];
  const here = () => `${window.location.pathname}${window.location.search}`;
  const isAnswered = (card) => card.dataset.query === window.location.search;
  /* Most tables are never looked at; one is fetched once it is seen, or stands in for a figure. */
  const wantsTable = (card) => atlas.isPresenting() || card.dataset.show === "table" || card.hasAttribute("data-late") || isAfarMap(card);
  /* Paper shows the table of a map that nobody came near to. */
  const isAfarMap = (card) => card.querySelector(".map-room") !== null && !card.map && !atlas.isNear(card);
  const lacksTable = (card) => wantsTable(card) && card.tabled !== window.location.search;
  const lacking = () => cards().filter((card) => !isAnswered(card) || lacksTable(card));

  function isInSight(card) {
    const at = card.getBoundingClientRect();
    return at.bottom > 0 && at.top < window.innerHeight;
  }

  /* --- asking ---------------------------------------------------------------------------------- */
  clientside.ask = function (pathname, _search, first, release, settings) {
    atlas.settings = settings;
    atlas.learnColours(settings.dark);
    loaded = release;
    if (standing === pathname && worded !== here()) {
      atlas.askSoon();
      return;
    }
    lastAsked = here();
    if (standing === pathname) rested();
    else if (standing === null && isOfHere(first)) place(first);
    else send("page", []);
  };

  /* What another view of this page shows; Dash, which hears of the address later, asks no second time. */
  atlas.askSoon = function () {
    const isAsked = lastAsked === here() && isPending();
    lastAsked = here();
    if (standing === window.location.pathname && worded !== lastAsked && !isAsked) askForView();
  };

  /* A reader who is back before another view came has all that was here. */
  function rested() {
    window.clearTimeout(dimmed);
    light();
    if (!isPending()) pending = NOTHING;
    completeWhenIdle();
  }

  function askForView() {
    window.clearTimeout(dimmed);
    dimmed = window.setTimeout(dim, SOON);
    light(); // of the view before the one that is left, some may have waited still
    const enlarged = document.querySelector(".enlarged[open]")?.closest("[data-exhibit]");
    const first = lacking().filter((card) => (enlarged ? card === enlarged : isInSight(card)));
    send("view", first);
  }

  const light = () => cards().filter(isAnswered).forEach((card) => card.removeAttribute("data-asked"));
  const dim = () => cards().filter((card) => !isAnswered(card)).forEach((card) => card.toggleAttribute("data-asked", true));

  function send(want, wanting) {
    window.clearTimeout(idle);
    pending = isPending() ? { ...pending, tries: pending.tries + 1 } : { address: here(), tries: 0, question: Symbol("question") };
    const { address, tries, question } = pending;
    window.clearTimeout(lost);
    lost = window.setTimeout(askAgain, PATIENCE * 2 ** tries, want);
    const ids = (some) => some.map((card) => card.dataset.exhibit).join(",");
    const fragment = { want: want, cards: ids(wanting), tables: ids(wanting.filter(wantsTable)), again: tries };
    const parts = Object.entries(fragment).filter(([, value]) => value).map(([name, value]) => `${name}=${value}`);
    // What stands by now an answer to an older question would undo.
    const isWaitedFor = () => pending.question === question;
    fetchAnswer(`${address}#${parts.join("&")}`, isWaitedFor)
      .then((answer) => { if (answer && isWaitedFor()) place(answer); })
      // What did not come, or not whole, is asked for again.
      .catch((error) => console.warn("an answer was lost:", error));
  }

  async function fetchAnswer(address, isWaitedFor) {
    const response = await window.fetch(CALLBACK, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...proof() },
      body: JSON.stringify({
        output: "answer.data",
        outputs: { id: "answer", property: "data" },
        inputs: [{ id: "asked", property: "data", value: address }],
        state: [{ id: "release", property: "data", value: loaded }],
        changedPropIds: ["asked.data"],
      }),
    });
    if (!isWaitedFor()) return null;
    if (!response.ok) throw new Error(`answered ${response.status}`);
    return (await response.json()).response.answer.data;
  }

  /* Where people sign in, a request carries what its cookie says, as those of Dash do. */
  function proof() {
    const { csrf_token_name: name, csrf_header_name: header } = atlas.settings.proof;
    const pair = name && document.cookie.split("; ").find((cookie) => cookie.startsWith(`${name}=`));
    return pair ? { [header]: decodeURIComponent(pair.slice(name.length + 1)) } : {};
  }

  const isPending = () => pending.address === here();

  function askAgain(want) {
    if (isPending()) send(want, want === "page" ? [] : lacking());
  }

  /* What is still missing of this view. While an answer is on its way it waits for that: one request
     at a time, and what comes last asks for the rest. */
  atlas.complete = function () {
    const wanting = lacking();
    if (!wanting.length || standing !== window.location.pathname || lastAsked !== here() || isPending()) return;
    send(worded === here() ? "rest" : "view", wanting);
  };

  function completeWhenIdle() {
    window.clearTimeout(idle);
    idle = window.setTimeout(() => atlas.whenIdle(atlas.complete), 0);
  }

  /* --- placing ---------------------------------------------------------------------------------- */
  const isOfHere = (answer) => answer
    && answer.path === window.location.pathname && answer.search === window.location.search;

  function place(answer) {
    if (!isOfHere(answer)) return;
    pending = NOTHING;
    if (answer.page !== null) stand(answer);
    else if (standing !== answer.path) return;
    // Of a new page nobody knows before its figures have their heights.
    const close = answer.page === null ? new Set(cards().filter(atlas.isNear)) : null;
    if (answer.live !== null) speak(answer);
    Object.entries(answer.cards).forEach(([id, content]) => fill(id, content, answer.search, close));
    completeWhenIdle();
  }

  function speak(answer) {
    worded = here();
    Object.entries(answer.words).forEach(([id, html]) => put(byId(id), html));
    byId("live").textContent = answer.live;
    atlas.markMenus(answer.set);
    if (usual !== answer.usual) window.dash_clientside.set_props("usual-period", { data: answer.usual });
    usual = answer.usual;
  }

  function stand(answer) {
    atlas.putBack();
    cards().forEach(atlas.letGo);
    near.disconnect();
    byId("page").innerHTML = answer.page;
    document.documentElement.classList.toggle("is-static", document.querySelector("#page [data-static]") !== null);
    document.documentElement.classList.add("has-page");
    standing = answer.path;
    cards().forEach((card) => near.observe(card));
    document.dispatchEvent(new Event("atlas:page"));
  }

  function fill(id, content, search, close) {
    const card = document.querySelector(`[data-exhibit="${id}"]`);
    if (!card) return;
    Object.entries(content.parts).forEach(([name, html]) => put(card.querySelector(`.card-${name}`), html));
    card.dataset.holds = Object.keys(HELD).filter((name) => card.querySelector(HELD[name])).join(" ");
    leaveOut(card.closest(".grid"));
    atlas.keepRows(card);
    card.tabled = content.tabled ? search : null;
    card.removeAttribute("data-asked");
    if (isAnswered(card)) return;
    card.dataset.query = search;
    atlas.placeFigure(card, content.figure, close?.has(card));
  }

  /* Where there is nothing to tell, the first card of a page says so, after its tiles, and the others
     leave; the working group's sheet keeps its eight panels. The last card of their row takes their room. */
  function leaveOut(grid) {
    const first = ":first-child, .card--tiles + .card, .section--sheet > .grid > *";
    let row = [];
    let filled = 0;
    [...grid.children].forEach((card) => {
      card.columns ||= Number(/span-(\d+)/.exec(card.className)[1]);
      if (filled + card.columns > COLUMNS) [row, filled] = [[], 0];
      const isEmpty = card.matches(`[data-holds~="nothing"]:not(${first})`);
      card.classList.toggle("is-left-out", isEmpty);
      row.push(card);
      filled += card.columns;
      const shown = row.filter((each) => !each.matches(".is-left-out"));
      const taken = shown.reduce((sum, each) => sum + each.columns, 0);
      shown.forEach((each) => spanOf(each, each === shown.at(-1) ? each.columns + filled - taken : each.columns));
    });
  }

  function spanOf(card, columns) {
    card.className = card.className.replace(/span-\d+/, `span-${columns}`);
  }

  /* What stays the same stays as it is; the focus stays with the part that replaces its own. */
  function put(room, html) {
    if (!room || room.written === html) return;
    const stops = () => [...room.querySelectorAll(FOCUSABLE)];
    const at = room.contains(document.activeElement) ? stops().indexOf(document.activeElement) : -1;
    room.innerHTML = html;
    room.written = html;
    if (at < 0) return;
    const stop = stops()[at] || stops().at(-1);
    // A menu is closed by what was chosen in it.
    (stop?.closest(".disclosure:not([open])")?.querySelector("summary") || stop)?.focus({ preventScroll: true });
  }

  /* A browser without idle time to tell of does it soon. */
  atlas.whenIdle = (work) => (window.requestIdleCallback
    ? window.requestIdleCallback(work, { timeout: IDLE }) : window.setTimeout(work, IDLE));

  const near = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting && !isAnswered(entry.target))) completeWhenIdle();
  }, { rootMargin: `${NEAR}px` });

  /* True when the page, its words and all of its cards are those of the address. */
  atlas.isComplete = () => standing === window.location.pathname && worded === here() && lacking().length === 0;
})(window.atlas, window.dash_clientside.atlas);
