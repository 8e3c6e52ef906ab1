/* A map in its room: the canvas, what is under the pointer, the list of its places, and where its reader
   has moved it to. */
import { map, type Drawing } from "./map/map.js";

export type Point = [number, number];
/** Where a map looks: pixels = plane * k + (x, y) in its room. */
export type View = { k: number; x: number; y: number };
export type Room = { width: number; height: number };
/** What lies on a map and can be pointed at; what says where it is depends on its layer. */
export type Place = { code: string; lines: string[]; shape?: object; point?: Point; at?: Point };
/** What is drawn, as the properties of the component say it. */
export type Description = {
  layers: { kind: string }[];
  ground: boolean;
  view: string;
  margin?: { entries: Place[] };
  chosen?: string;
};
/** A place that was pressed, and with which keys. */
export type Clicked = {
  code: string;
  lines: string[];
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  timestamp: number;
};
/** What is around a map: what grows with it, what it is called, and who hears of a press. */
export type Around = {
  frame: HTMLElement;
  id: string;
  labelledBy?: string;
  label?: string;
  hint: string;
  places: string;
  inTheme(description: Description): Description;
  clicked(place: Clicked): void;
};
type Keys = { ctrlKey: boolean; metaKey: boolean; shiftKey: boolean };

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

export class Live {
  description: Description | null = null;
  themed: Description | null = null;
  canvas = document.createElement("canvas");
  hint = document.createElement("p");
  said = document.createElement("div");
  list: ReturnType<typeof map.placeList>;
  hands: ReturnType<typeof map.hands>;
  room: Room | null = null;
  drawn: Drawing | null = null;
  view: View = { k: 1, x: 0, y: 0 };
  width = 0;
  height = 0;
  private moved: boolean;
  private isReaching: boolean;
  private pointed: Place | null = null;
  private paper: SVGSVGElement | null = null;
  private asked: number;
  private watch: ResizeObserver;

  /* host: where the map is drawn. */
  constructor(readonly host: HTMLElement, readonly around: Around) {
    this.moved = false;
    this.isReaching = false;
    this.asked = 0;
    this.list = map.placeList({
      show: (place, button) => this.visit(place, button),
      leave: () => this.mark(null),
      go: (code, event) => this.press(code, event),
      refocus: (place) => { if (place) this.visit(place); },
    }, around.places);
    this.build();
    this.hands = map.hands(this);
    this.watch = new ResizeObserver(() => this.resize());
    this.watch.observe(host);
  }

  /* The map is taken away: nothing is watched or drawn any more. */
  end() {
    this.watch.disconnect();
    window.cancelAnimationFrame(this.asked);
    this.description = null;
    this.room = null;
  }

  private build() {
    const { id, labelledBy, label, hint } = this.around;
    this.canvas.className = "map-canvas";
    this.canvas.dir = "ltr"; // what stands left and right of a place does so in every language
    this.hint.className = "map-keys";
    this.hint.id = `${id}-keys`;
    this.hint.textContent = hint;
    if (labelledBy) this.canvas.setAttribute("aria-labelledby", labelledBy);
    else if (label) this.canvas.setAttribute("aria-label", label);
    this.said.className = "map-said";
    this.said.setAttribute("aria-hidden", "true");
    this.said.hidden = true;
    this.host.addEventListener("keydown", (event) => this.letGo(event));
    this.host.replaceChildren(this.canvas, this.hint, this.list.node, this.said);
  }

  /* Show a description. Where its reader moved the map it stays until another view is asked for. */
  show(description: Description) {
    const other = !this.description || this.description.view !== description.view;
    this.description = description;
    this.themed = this.around.inTheme(description);
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
    if (!this.description) return;
    this.themed = this.around.inTheme(this.description);
    this.draw();
  }

  get narrow() { return this.host.clientWidth < NARROW; }

  /* Its frame has room for the map; the map takes what the frame has. */
  private size(description: Description): Room {
    const foot = map.foot(description, this.host.clientWidth, this.narrow).height;
    this.around.frame.style.minHeight = `${this.wanted(description, foot)}px`;
    this.width = this.host.clientWidth;
    this.height = this.host.clientHeight;
    return { width: this.width, height: Math.max(1, this.height - foot) };
  }

  private wanted(description: Description, foot: number): number {
    const { narrow, isStill } = this;
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
    const room = this.size(this.description);
    this.room = room;
    if (before && before.width === room.width && before.height === room.height) return;
    if (!this.moved) this.home();
    else if (before) this.hands.turn(map.inRoom(this.view, before, room), true);
    this.draw();
  }

  home() {
    if (!this.description || !this.room) return;
    this.moved = false;
    const view = map.home(this.description, this.room, this.narrow);
    if (this.isStill) this.look(view, false);
    else this.hands.turn(view);
  }

  zoom(how: "closer" | "farther" | "home") {
    if (this.isStill) return;
    if (how === "home") this.home();
    else this.hands.closer(how === "closer" ? 2 : 0.5);
  }

  /* What hands ask for. */
  look(view: View, byHand: boolean) {
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
    if (!this.room || !this.themed) return;
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
  private reach() {
    if (!this.room || this.isStill || this.isReaching || map.hasGround(this.view, this.room)) return;
    this.isReaching = true;
    map.learnWorld().then(() => this.ask());
  }

  canChoose(at: Point) {
    return Boolean(map.hit(this.drawn, at)?.code);
  }

  choose(at: Point, event: Keys) {
    const found = map.hit(this.drawn, at);
    if (found?.code) this.press(found.code, event);
  }

  press(code: string, { ctrlKey, metaKey, shiftKey }: Keys) {
    const lines = this.list.places().find((place) => place.code === code)?.lines ?? [];
    this.around.clicked({ code, lines, ctrlKey, metaKey, shiftKey, timestamp: Date.now() });
  }

  /* What is chosen alone is let go as by another press. */
  private letGo(event: KeyboardEvent) {
    const chosen = this.description?.chosen;
    if (event.key !== "Escape" || !chosen || event.defaultPrevented) return;
    event.preventDefault();
    this.press(chosen, event);
  }

  /* The pointer is at a point of the room, or has left. */
  point(at: Point | null) {
    const found = at && this.drawn ? map.hit(this.drawn, at) : null;
    this.canvas.classList.toggle("is-choosable", Boolean(found?.code));
    this.mark(found);
    this.say(found, at);
  }

  /* A strong line around what is pointed at. */
  mark(found: Place | null) {
    const before = this.pointed;
    this.pointed = found;
    const parts = ["shape", "at", "point", "code"] as const;
    if (parts.some((part) => before?.[part] !== found?.[part])) this.ask();
  }

  private say(found: Place | null, at: Point | null) {
    this.said.hidden = !found;
    if (!found || !at) return;
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
  private visit(place: Place, button?: HTMLElement): Point {
    const spot = map.spotOf(this.drawn, place);
    if (spot || !(place.point || place.shape || place.at)) {
      this.said.hidden = true;
      this.mark(place);
      return this.beside(spot || [0, 0], button);
    }
    const [left, top] = map.pointOf(place);
    const at = (): Point => [left * this.view.k + this.view.x, top * this.view.k + this.view.y];
    const [x, y] = at();
    const { width, height } = this.room ?? this;
    const isOut = x < APART || y < APART || x > width - APART || y > height - APART;
    if (isOut && !this.isStill) {
      this.hands.turn({ ...this.view, x: this.view.x + width / 2 - x, y: this.view.y + height / 2 - y }, true);
    }
    this.said.hidden = true;
    this.mark(place);
    return this.beside(at(), button);
  }

  /* Where words about a point stand in the room, wholly inside. */
  private beside(at: Point, { offsetWidth = 0, offsetHeight = 0 }: { offsetWidth?: number; offsetHeight?: number } = {}): Point {
    const most = [this.width - offsetWidth - 4, this.height - offsetHeight - 4];
    return [0, 1].map((i) => Math.max(4, Math.min(at[i] + APART, most[i]))) as Point;
  }

  /* The map as SVG, light and in a room of its own: {width, height}; with the view of its reader. */
  picture(room: Room): SVGSVGElement {
    if (!this.description) throw new Error("no map is shown yet");
    return map.picture(this.description, { ...room, view: this.moved && this.room ? { view: this.view, room: this.room } : null });
  }

  /* For paper the canvas makes way for a drawing of lines and letters in the room that the paper has:
     smaller where that is low, but never smaller than can be read. */
  toPaper(least: number) {
    const { frame } = this.around;
    if (!this.description || frame.clientWidth < LEAST_WIDTH) return;
    const below = this.description.margin ? map.foot(this.description, frame.clientWidth, this.narrow).height : 0;
    frame.style.minHeight = `${Math.round(frame.clientWidth * PAPER + below)}px`;
    const { clientWidth, clientHeight } = frame;
    const scale = Math.max(least, Math.min(1, clientHeight / LEAST));
    const paper = this.picture({ width: clientWidth / scale, height: clientHeight / scale });
    Object.entries({ class: "map-paper", width: clientWidth, height: clientHeight })
      .forEach(([name, value]) => paper.setAttribute(name, String(value)));
    this.host.append(paper);
    this.paper = paper;
  }

  fromPaper() {
    if (this.paper) this.paper.remove();
    this.paper = null;
    this.room = null;
    this.resize();
  }
}

/* A description as SVG in its light colours. view: {view, room} where a reader has moved it to. */
map.picture = (description, { width, height, view }) => {
  const narrow = width < NARROW;
  const foot = map.foot(description, width, narrow).height;
  const seen = view ? map.inRoom(view.view, view.room, { width: width, height: height - foot }) : null;
  return map.toSvg(map.drawing(description, { width: width, height: height, narrow: narrow, view: seen }));
};
