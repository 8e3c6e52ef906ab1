/* Hands on a map: a drag moves it, a wheel, two fingers and a double press bring it closer, a press
   chooses. One finger scrolls the page, and so does the wheel until the map has the focus or is
   enlarged: nobody is caught in a map that only lies in the way. A map that stands still is pressed and
   pointed at, and no more. */
import { select, zoom, zoomIdentity } from "../d3-atlas.min.js";
import { map } from "./map.js";

const STEP = 60;
const CLOSER = 1.5;
const TWICE = 350;
const NEAR = { mouse: 8, touch: 30 };

/* live: {canvas, view, room, isStill, isActive(), look(view), point(at), choose(at), home()}, where `look` turns
   to a view that hands made and `at` is a point of the room. */
map.hands = function (live) {
  const { canvas } = live;
  const drag = zoom()
    .touchable(() => false)
    .scaleExtent([map.LEAST, map.MOST])
    .clickDistance(4)
    .constrain((transform) => transformOf(map.onWorld(transform, live.room)))
    .filter((event) => !live.isStill && !event.button && (event.type === "wheel" ? event.ctrlKey || event.metaKey || live.isActive() : !event.ctrlKey))
    .on("start", ({ sourceEvent }) => { if (sourceEvent) { canvas.classList.add("is-held"); live.point(null); } })
    .on("end", () => canvas.classList.remove("is-held"))
    .on("zoom", ({ transform, sourceEvent }) => {
      live.look({ k: transform.k, x: transform.x, y: transform.y }, Boolean(sourceEvent) || drag.byHand);
    });
  const held = select(canvas).call(drag).on("dblclick.zoom", null);

  /* Turn to a view; `byHand` when a reader asked for it. */
  const turn = (view, byHand) => {
    drag.extent([[0, 0], [live.room.width, live.room.height]]);
    drag.byHand = Boolean(byHand);
    held.call(drag.transform, transformOf(map.onWorld(view, live.room)));
    drag.byHand = false;
  };
  const closer = (by, [x, y]) => {
    const { view } = live;
    const k = Math.max(map.LEAST, Math.min(map.MOST, view.k * by));
    turn({ k: k, x: x - (x - view.x) * k / view.k, y: y - (y - view.y) * k / view.k }, true);
  };
  const middle = () => [live.room.width / 2, live.room.height / 2];

  fingers(live, turn);
  presses(live, (at) => closer(2, at));
  keys(live, { turn: turn, closer: (by) => closer(by, middle()) });
  return { turn: turn, closer: (by) => closer(by, middle()) };
};

const transformOf = ({ k, x, y }) => zoomIdentity.translate(x, y).scale(k);

const pointIn = (canvas, { clientX, clientY }) => {
  const { left, top } = canvas.getBoundingClientRect();
  return [clientX - left, clientY - top];
};

/* Two fingers hold two points of the map. */
function fingers(live, turn) {
  let held = null;
  const two = ({ touches }) => {
    const [one, other] = [...touches].map((touch) => pointIn(live.canvas, touch));
    return { far: Math.hypot(other[0] - one[0], other[1] - one[1]) || 1, middle: [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2] };
  };
  live.canvas.addEventListener("touchstart", (event) => {
    held = event.touches.length === 2 && !live.isStill ? { ...two(event), view: live.view } : null;
    if (held) event.preventDefault();
  }, { passive: false });
  live.canvas.addEventListener("touchmove", (event) => {
    if (!held || event.touches.length !== 2) return;
    event.preventDefault();
    const { far, middle } = two(event);
    const k = Math.max(map.LEAST, Math.min(map.MOST, held.view.k * far / held.far));
    const by = k / held.view.k;
    turn({ k: k, x: middle[0] - (held.middle[0] - held.view.x) * by, y: middle[1] - (held.middle[1] - held.view.y) * by }, true);
  }, { passive: false });
  ["touchend", "touchcancel"].forEach((kind) => live.canvas.addEventListener(kind, () => { held = null; }));
}

/* A press chooses what it hits. A second one where there is nothing to choose brings the map closer. */
function presses(live, closer) {
  let before = { at: [0, 0], time: -TWICE };
  live.canvas.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "touch" && !event.buttons) live.point(pointIn(live.canvas, event));
  });
  live.canvas.addEventListener("pointerleave", () => live.point(null));
  live.canvas.addEventListener("click", (event) => {
    const at = pointIn(live.canvas, event);
    const time = event.timeStamp;
    const near = NEAR[event.pointerType] || NEAR.mouse;
    const again = time - before.time < TWICE && Math.hypot(at[0] - before.at[0], at[1] - before.at[1]) < near;
    before = { at: at, time: again ? -TWICE : time };
    if (!again) live.choose(at, event);
    else if (!live.isStill && !live.canChoose(at)) closer(at);
  });
}

function keys(live, { turn, closer }) {
  const move = (across, down) => () => turn({ ...live.view, x: live.view.x + across * STEP, y: live.view.y + down * STEP }, true);
  const acts = {
    ArrowLeft: move(1, 0), ArrowRight: move(-1, 0), ArrowUp: move(0, 1), ArrowDown: move(0, -1),
    "+": () => closer(CLOSER), "=": () => closer(CLOSER), "-": () => closer(1 / CLOSER), 0: () => live.home(), Home: () => live.home(),
  };
  live.canvas.addEventListener("keydown", (event) => {
    const act = acts[event.key];
    if (!act || live.isStill || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
}
