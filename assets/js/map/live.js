/* A map in its card: the canvas, what is under the pointer, the list of its places, and where its reader
   has moved it to. */
(function (atlas) {
  "use strict";
  atlas.map ??= {};
  const { map } = atlas;
  const NARROW = 520;
  const LEAST_WIDTH = 50;
  /* A map fits into the window with what stands above and below it. */
  const AROUND = 350;
  const LEAST = 400;
  /* A map that cannot be brought closer needs room for what stands on its tiles. */
  const LEAST_STILL = 540;
  /* One with a margin below it is this high at least, beside that. */
  const LEAST_ABOVE = 310;
  const MOST = 720;
  const ENLARGED = 190;
  const NARROW_HEIGHT = 440;
  /* Height of a map on paper, as a share of its width. */
  const PAPER = 0.72;
  const APART = 14;

  class Live {
    /* room: where the map is drawn, in its card; its data say what keys do and what the list is called. */
    constructor(card, room) {
      this.card = card;
      this.host = room;
      this.description = null;
      this.room = null;
      this.drawn = null;
      this.moved = false;
      this.pointed = null;
      this.paper = null;
      this.asked = 0;
      this.build();
      this.hands = map.hands(this);
      this.watch = new ResizeObserver(() => this.resize());
      this.watch.observe(room);
    }

    build() {
      this.canvas = document.createElement("canvas");
      this.canvas.className = "map-canvas";
      this.hint = document.createElement("p");
      this.hint.className = "map-keys";
      this.hint.id = `map-keys-${this.card.dataset.exhibit}`;
      this.hint.textContent = this.host.dataset.keys;
      this.canvas.setAttribute("aria-labelledby", `title-${this.card.dataset.exhibit}`);
      this.said = document.createElement("div");
      this.said.className = "map-said";
      this.said.setAttribute("aria-hidden", "true");
      this.said.hidden = true;
      this.list = map.placeList({
        show: (place, button) => this.visit(place, button),
        leave: () => this.mark(null),
        go: (code, event) => this.press(code, event),
        refocus: (place) => { if (place) this.visit(place); },
      }, this.host.dataset.places);
      this.host.addEventListener("keydown", (event) => this.letGo(event));
      this.host.replaceChildren(this.canvas, this.hint, this.list.node, this.said);
    }

    /* Show a description. Where its reader moved the map it stays until another view is asked for. */
    show(description) {
      const other = !this.description || this.description.view !== description.view;
      this.description = description;
      this.themed = atlas.inTheme(description);
      this.pointed = null;
      this.isReaching = false;
      this.said.hidden = true;
      this.stand();
      if (other) this.moved = false;
      this.room = null;
      this.resize();
      window.setTimeout(() => { if (this.description === description) this.list.write(map.places(description)); });
    }

    /* A map without ground stands still: it is a picture whose places are a list, and moves for nobody. */
    stand() {
      this.host.classList.toggle("is-still", this.isStill);
      this.canvas.setAttribute("role", this.isStill ? "img" : "application");
      this.canvas.tabIndex = this.isStill ? -1 : 0;
      if (this.isStill) this.canvas.removeAttribute("aria-describedby");
      else this.canvas.setAttribute("aria-describedby", this.hint.id);
    }

    get isStill() { return this.description !== null && !this.description.ground; }

    /* The same in the colours of the page as it is now. */
    redraw() {
      this.themed = atlas.inTheme(this.description);
      this.draw();
    }

    get narrow() { return this.host.clientWidth < NARROW; }

    /* The card has room for the map; the map takes what the card has. */
    size() {
      const foot = map.foot(this.description, this.host.clientWidth, this.narrow).height;
      const room = this.card.querySelector(".card-graph");
      room.style.minHeight = `${this.wanted(foot)}px`;
      this.width = this.host.clientWidth;
      this.height = this.host.clientHeight;
      this.room = { width: this.width, height: Math.max(1, this.height - foot) };
    }

    wanted(foot) {
      const { narrow, isStill, description } = this;
      const { margin } = description;
      if (narrow) return (margin ? LEAST_ABOVE : NARROW_HEIGHT + (isStill ? map.heightAbove(description) : 0)) + foot;
      const whole = isStill ? Math.max(LEAST_STILL, map.heightBeside(description) + foot) : LEAST;
      const least = margin ? LEAST_ABOVE + foot : whole;
      const enlarged = this.host.closest(".enlarged");
      if (enlarged) return Math.max(least, enlarged.clientHeight - ENLARGED);
      return Math.max(least, Math.min(MOST, window.innerHeight - AROUND));
    }

    /* The room is new or changed: a map at home fits into it, a moved one keeps its middle. A card that
       shows its table has no room; the map waits until it has. */
    resize() {
      if (!this.description || this.paper || this.host.clientWidth < LEAST_WIDTH) return;
      const before = this.room;
      this.size();
      const { width, height } = this.room;
      if (before && before.width === width && before.height === height) return;
      if (!this.moved) this.home();
      else if (before) this.hands.turn(map.inRoom(this.view, before, this.room), true);
      this.draw();
    }

    home() {
      this.moved = false;
      const view = map.home(this.description, this.room, this.narrow);
      if (this.isStill) this.look(view, false);
      else this.hands.turn(view);
    }

    zoom(how) {
      if (this.isStill) return;
      if (how === "home") this.home();
      else this.hands.closer(how === "closer" ? 2 : 0.5);
    }

    /* What hands ask for. */
    look(view, byHand) {
      this.view = view;
      if (byHand) this.moved = true;
      this.ask();
    }

    isActive() {
      return this.host.contains(document.activeElement) || this.host.closest(".enlarged") !== null;
    }

    /* Draw with the next frame, however often it is asked for before. */
    ask() {
      if (this.asked) return;
      this.asked = window.requestAnimationFrame(() => this.draw());
    }

    draw() {
      window.cancelAnimationFrame(this.asked);
      this.asked = 0;
      if (!this.room) return;
      const ratio = window.devicePixelRatio || 1;
      const wide = Math.round(this.width * ratio);
      const tall = Math.round(this.height * ratio);
      if (this.canvas.width !== wide || this.canvas.height !== tall) Object.assign(this.canvas, { width: wide, height: tall });
      this.drawn = map.drawing(this.themed, { width: this.width, height: this.height, narrow: this.narrow,
        view: this.view, pointed: this.pointed });
      map.toCanvas(this.canvas, this.drawn, ratio);
      this.reach();
    }

    /* A reader who looks beyond the region gets the world; it is asked for once for what is shown. */
    reach() {
      if (this.isStill || this.isReaching || map.hasGround(this.view, this.room)) return;
      this.isReaching = true;
      map.learnWorld().then(() => this.ask());
    }

    canChoose(at) {
      return Boolean(map.hit(this.drawn, at)?.code);
    }

    choose(at, event) {
      const found = map.hit(this.drawn, at);
      if (found?.code) this.press(found.code, event);
    }

    /* A place among flows is chosen alone, and let go by another press. */
    press(code, event) {
      if ("chosen" in this.description) { atlas.choose(this.description.click, code); return; }
      const offered = new Map(this.list.places().map((place) => [place.code, place.lines[0]]));
      atlas.press(event, this.description.click, code, offered);
    }

    letGo(event) {
      const { chosen, click } = this.description || {};
      if (event.key !== "Escape" || !chosen || event.defaultPrevented) return;
      event.preventDefault();
      atlas.choose(click, chosen);
    }

    /* The pointer is at a point of the room, or has left. */
    point(at) {
      const found = at && this.drawn ? map.hit(this.drawn, at) : null;
      this.canvas.classList.toggle("is-choosable", Boolean(found?.code));
      this.mark(found);
      this.say(found, at);
    }

    /* A strong line around what is pointed at. */
    mark(found) {
      const before = this.pointed;
      this.pointed = found;
      if (["shape", "at", "point", "code"].some((part) => before?.[part] !== found?.[part])) this.ask();
    }

    say(found, at) {
      this.said.hidden = !found;
      if (!found) return;
      this.said.replaceChildren(...found.lines.map((line) => {
        const row = document.createElement("div");
        row.textContent = line;
        return row;
      }));
      const { offsetWidth, offsetHeight } = this.said;
      const left = at[0] + APART + offsetWidth > this.width ? at[0] - APART - offsetWidth : at[0] + APART;
      const top = at[1] + APART + offsetHeight > this.height ? at[1] - APART - offsetHeight : at[1] + APART;
      Object.assign(this.said.style, { left: `${Math.max(0, left)}px`, top: `${Math.max(0, top)}px` });
    }

    /* A place of the list has the focus: it is brought into sight and marked. Where its button stands. */
    visit(place, button) {
      const spot = map.spotOf(this.drawn, place);
      if (spot || !(place.point || place.shape || place.at)) {
        this.said.hidden = true;
        this.mark(place);
        return this.beside(spot || [0, 0], button);
      }
      const [left, top] = map.pointOf(place);
      const at = () => [left * this.view.k + this.view.x, top * this.view.k + this.view.y];
      const [x, y] = at();
      const { width, height } = this.room;
      const isOut = x < APART || y < APART || x > width - APART || y > height - APART;
      if (isOut && !this.isStill) {
        this.hands.turn({ ...this.view, x: this.view.x + width / 2 - x, y: this.view.y + height / 2 - y }, true);
      }
      this.said.hidden = true;
      this.mark(place);
      return this.beside(at(), button);
    }

    /* Where words about a point stand in the room, wholly inside. */
    beside(at, { offsetWidth = 0, offsetHeight = 0 } = {}) {
      const most = [this.width - offsetWidth - 4, this.height - offsetHeight - 4];
      return at.map((value, i) => Math.max(4, Math.min(value + APART, most[i])));
    }

    /* The map as SVG, light and in a room of its own: {width, height}; with the view of its reader. */
    picture(room) {
      return map.picture(this.description, { ...room, view: this.moved ? { view: this.view, room: this.room } : null });
    }

    /* For paper the canvas makes way for a drawing of lines and letters in the room that the paper has:
       smaller where that is low, but never smaller than can be read. */
    toPaper(least) {
      const room = this.card.querySelector(".card-graph");
      this.card.classList.add("has-paper");
      if (room.clientWidth < LEAST_WIDTH) return;
      const below = this.description.margin ? map.foot(this.description, room.clientWidth, this.narrow).height : 0;
      room.style.minHeight = `${Math.round(room.clientWidth * PAPER + below)}px`;
      const { clientWidth, clientHeight } = room;
      const scale = Math.max(least, Math.min(1, clientHeight / LEAST));
      this.paper = this.picture({ width: clientWidth / scale, height: clientHeight / scale });
      Object.entries({ class: "map-paper", width: clientWidth, height: clientHeight })
        .forEach(([name, value]) => this.paper.setAttribute(name, value));
      this.host.append(this.paper);
    }

    fromPaper() {
      this.card.classList.remove("has-paper");
      if (this.paper) this.paper.remove();
      this.paper = null;
      this.room = null;
      this.resize();
    }
  }

  /* The map of a card, made when it is first asked for. */
  map.liveIn = function (card) {
    if (!card.map) card.map = new Live(card, card.querySelector(".map-room"));
    return card.map;
  };

  /* A description as SVG in its light colours. view: {view, room} where a reader has moved it to. */
  map.picture = function (description, { width, height, view }) {
    const narrow = width < NARROW;
    const foot = map.foot(description, width, narrow).height;
    const seen = view ? map.inRoom(view.view, view.room, { width: width, height: height - foot }) : null;
    return map.toSvg(map.drawing(description, { width: width, height: height, narrow: narrow, view: seen }));
  };
})(window.atlas);
