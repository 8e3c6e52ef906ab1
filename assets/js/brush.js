/* The time strip: months are chosen on it by hand and by keys, and it plays through quarters or years.
   Whatever is chosen goes into the address; what stands here in between is only a foretaste of it. What
   the strip is made of stands in `components/brush.py`. */
(function (atlas) {
  "use strict";
  /* A step of a play lasts so long at least; one that does not settle ends it. */
  const STEP = 1200;
  const PATIENCE = 20000;
  const LOOK = 100;
  /* Keys are shown once the last of them is so long ago. */
  const TYPED = 700;
  const YEAR = 12;
  const ARROWS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };
  const QUIET = ["Shift", "Control", "Alt", "Meta"];
  const PRESSES = ["Enter", " "];
  /* hand: {card, how, from, x, wide, before, span, pointer}; keys: {card, before, span, timer}; play:
     {card, kind, spans, at, search, since, came, timer}. */
  let hand = null;
  let keys = null;
  let play = null;

  const brushOf = (card) => card.querySelector("[data-brush]");
  const cardOf = (node) => node.closest("[data-exhibit]");
  const barsOf = (brush) => [...brush.querySelectorAll(".brush-month")];
  const endOf = (brush, name) => brush.querySelector(`[data-brush-end="${name}"]`);
  const within = (value, low, high) => Math.max(low, Math.min(high, value));
  const full = (months) => (months.includes("..") ? months : `${months}..${months}`);
  const spansOf = (brush, kind) => (brush.getAttribute(`data-by-${kind}`) || "").split(" ").filter(Boolean);

  /* Places of the first and the last month between the thumbs. */
  const standing = (brush) => ["from", "to"].map((name) => Number(endOf(brush, name).getAttribute("aria-valuenow")));

  /* --- showing and choosing --------------------------------------------------------------------- */
  function show(card, [first, last]) {
    const brush = brushOf(card);
    if (!brush) return;
    const bars = barsOf(brush);
    bars.forEach((bar, at) => bar.classList.toggle("is-chosen", at >= first && at <= last));
    const strip = brush.querySelector(".brush-strip");
    strip.style.setProperty("--from", `${first * 100 / bars.length}%`);
    strip.style.setProperty("--to", `${(last + 1) * 100 / bars.length}%`);
    const labels = [bars[first].dataset.label, bars[last].dataset.label];
    const period = periodOf(brush, bars[first], bars[last]);
    brush.querySelector(".brush-chosen").textContent = period;
    tell(endOf(brush, "window"), first, period);
    tell(endOf(brush, "from"), first, labels[0]);
    tell(endOf(brush, "to"), last, labels[1]);
  }

  /* As the server says it: the year once where it is one. */
  function periodOf(brush, first, last) {
    if (first === last) return first.dataset.label;
    const year = ({ dataset }) => dataset.month.slice(0, 4);
    const begun = year(first) === year(last) ? first.dataset.name : first.dataset.label;
    return brush.dataset.span.replace("#1", begun).replace("#2", last.dataset.label);
  }

  function tell(slider, now, text) {
    slider.setAttribute("aria-valuenow", String(now));
    slider.setAttribute("aria-valuetext", text);
  }

  /* The address of a view with another period; months that are no part of what is played end it. */
  function addressOf(brush, period, kind) {
    const parameters = atlas.parse(window.location.search);
    parameters.period = period === brush.dataset.usual ? "" : period;
    parameters.play = spansOf(brush, kind).includes(period) ? kind : "";
    return atlas.compose(parameters);
  }

  function choose(card, [first, last]) {
    const brush = brushOf(card);
    if (!brush) return;
    const bars = barsOf(brush);
    const period = `${bars[first].dataset.month}..${bars[last].dataset.month}`;
    atlas.go(addressOf(brush, period, atlas.parse(window.location.search).play || "off"));
  }

  /* --- hands --------------------------------------------------------------------------------------- */
  document.addEventListener("pointerdown", (event) => {
    const strip = event.target.closest(".brush-strip");
    if (!strip || event.button !== 0 || hand) return;
    event.preventDefault();
    const brush = strip.closest("[data-brush]");
    const { left, width } = strip.getBoundingClientRect();
    const bars = barsOf(brush);
    const wide = width / bars.length;
    const from = within(Math.floor((event.clientX - left) / wide), 0, bars.length - 1);
    const end = event.target.closest("[data-brush-end]")?.dataset.brushEnd;
    const how = end || (bars[from].classList.contains("is-chosen") ? "window" : "new");
    const before = standing(brush);
    hand = { card: cardOf(brush), how: how, from: from, x: event.clientX, wide: wide, before: before,
      span: how === "new" ? [from, from] : before, pointer: event.pointerId };
    forget();
    endOf(brush, end || "window").focus({ preventScroll: true });
    if (how === "new") show(hand.card, hand.span);
  });

  document.addEventListener("pointermove", (event) => {
    if (event.pointerId !== hand?.pointer || !brushOf(hand.card)) return;
    const most = barsOf(brushOf(hand.card)).length - 1;
    hand.span = dragged(hand, Math.round((event.clientX - hand.x) / hand.wide), most);
    show(hand.card, hand.span);
  });

  /* The months after a drag by so many months. */
  function dragged({ how, from, before: [first, last] }, by, most) {
    if (how === "from") return [within(first + by, 0, last), last];
    if (how === "to") return [first, within(last + by, first, most)];
    if (how === "window") return moved([first, last], by, most);
    const at = within(from + by, 0, most);
    return [Math.min(from, at), Math.max(from, at)];
  }

  function moved([first, last], by, most) {
    const step = within(by, -first, most - last);
    return [first + step, last + step];
  }

  /* A press without a drag chooses the month that it hits, also of those that are chosen. */
  document.addEventListener("pointerup", (event) => {
    if (event.pointerId !== hand?.pointer) return;
    const { card, how, from, before, span } = hand;
    const isStill = String(span) === String(before);
    hand = null;
    if (how === "window" && isStill) {
      show(card, [from, from]);
      choose(card, [from, from]);
    } else if (how === "new" || !isStill) choose(card, span);
  });

  document.addEventListener("pointercancel", (event) => { if (event.pointerId === hand?.pointer) letLoose(); });

  function letLoose() {
    show(hand.card, hand.before);
    hand = null;
  }

  /* --- keys ------------------------------------------------------------------------------------------ */
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const slider = event.target.closest?.("[data-brush-end]");
    if (event.key === "Escape" ? letGo() : slider && press(slider, event)) event.preventDefault();
  });

  /* What hands or keys have not finished is as if it had not begun; true where there was any. */
  function letGo() {
    if (hand) letLoose();
    else if (keys) undo();
    else return false;
    return true;
  }

  /* A key on a slider; true for one that means something here. */
  function press(slider, event) {
    if (event.key === "Enter") { settle(); return true; }
    const brush = slider.closest("[data-brush]");
    const most = barsOf(brush).length - 1;
    const step = brush.dataset.play === "quarter" && !event.shiftKey ? 3 : 1;
    const span = typed(slider.dataset.brushEnd, event, standing(brush), { most: most, step: step });
    if (!span) return false;
    const before = keys ? keys.before : standing(brush);
    forget();
    keys = { card: cardOf(brush), before: before, span: span, timer: window.setTimeout(settle, TYPED) };
    show(keys.card, span);
    return true;
  }

  /* The months after a key, or null for one that means nothing here. */
  function typed(end, { key, shiftKey }, [first, last], { most, step }) {
    const by = ARROWS[key];
    const length = last - first + 1;
    const of = {
      window: { PageUp: () => moved([first, last], length, most), PageDown: () => moved([first, last], -length, most),
        Home: () => [0, length - 1], End: () => [most - length + 1, most] },
      from: { PageUp: () => [Math.min(first + YEAR, last), last], PageDown: () => [Math.max(first - YEAR, 0), last],
        Home: () => [0, last], End: () => [last, last] },
      to: { PageUp: () => [first, Math.min(last + YEAR, most)], PageDown: () => [first, Math.max(last - YEAR, first)],
        Home: () => [first, first], End: () => [first, most] },
    }[end];
    if (!by) return of[key]?.() || null;
    if (end === "from") return [within(first + by, 0, last), last];
    if (end === "to" || shiftKey) return [first, within(last + by, first, most)];
    return moved([first, last], by * step, most);
  }

  function forget() {
    window.clearTimeout(keys?.timer);
    keys = null;
  }

  function settle() {
    if (!keys) return;
    const { card, span } = keys;
    forget();
    choose(card, span);
  }

  function undo() {
    const { card, before } = keys;
    forget();
    show(card, before);
  }

  /* --- playing ----------------------------------------------------------------------------------------- */
  const isStill = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  function start(card) {
    const brush = brushOf(card);
    if (!brush || isStill()) return;
    const parameters = atlas.parse(window.location.search);
    const now = full(parameters.period || brush.dataset.usual);
    const [first, last] = standing(brush);
    const kinds = [parameters.play || "off", last - first + 1 < YEAR ? "quarter" : "year", "quarter", "year"];
    const kind = kinds.find((one) => spansOf(brush, one).length);
    const spans = spansOf(brush, kind);
    play = { card: card, kind: kind, spans: spans, at: spans.findIndex((span) => span > now && ends(span) > ends(now)), timer: 0 };
    if (play.at < 0) play.at = 0;
    card.toggleAttribute("data-playing", true);
    turn(atlas.go);
  }

  const ends = (span) => span.split("..")[1];

  /* Show the next window, as a new entry of the history or in the place of the last one. */
  function turn(follow) {
    const search = addressOf(brushOf(play.card), play.spans[play.at], play.kind);
    Object.assign(play, { search: search, since: performance.now(), came: search === window.location.search });
    follow(search);
    play.timer = window.setTimeout(look, LOOK);
  }

  /* Go on once the page shows the window; a reader who went elsewhere ends it. */
  function look() {
    if (!play) return;
    const isHere = window.location.search === play.search;
    const since = performance.now() - play.since;
    play.came ||= isHere;
    if ((play.came && !isHere) || since > PATIENCE || !brushOf(play.card)) pause();
    else if (!play.came || since < STEP || !atlas.settled()) play.timer = window.setTimeout(look, LOOK);
    else if (play.at + 1 >= play.spans.length) pause();
    else {
      play.at += 1;
      turn(atlas.stay);
    }
  }

  function pause() {
    if (!play) return;
    window.clearTimeout(play.timer);
    play.card.removeAttribute("data-playing");
    play = null;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-brush-play]");
    if (!button) return;
    if (play) pause();
    else start(cardOf(button));
  });

  /* Whatever else a reader does, what is shown then stays. */
  document.addEventListener("pointerdown", ({ target }) => { if (!target.closest("[data-brush-play]")) pause(); }, true);
  document.addEventListener("keydown", ({ key, target }) => {
    const isPress = PRESSES.includes(key) && target.closest?.("[data-brush-play]");
    if (!isPress && !QUIET.includes(key)) pause();
  }, true);
  document.addEventListener("visibilitychange", () => { if (document.hidden) pause(); });
  document.addEventListener("atlas:page", pause);
})(window.atlas);
