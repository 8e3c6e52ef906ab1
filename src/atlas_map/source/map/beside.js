/* A second map in a corner of the first: the country beside an area of it, or the area beside the
   country. It stands still at the left upper corner, where an area leaves the most room. */
import { map } from "./map.js";

const EDGE = 10;
const TITLE = 22;
const UNDER = 17;
/* Width as a share of the room, its least and most in pixels, and the most that may be covered. */
const WIDE = 0.33;
const LEAST = 150;
const MOST = 200;
const COVERED = 0.24;

/* How high its name is, with a second line where it has one. */
const head = ({ under }) => TITLE + (under ? UNDER : 0);

/* Where it stands in a room and what it looks at: {x, y, width, height, view}; null where there is none
   or no room for it, and where a reader brought the map far away. */
map.besideIn = function ({ beside }, room) {
  if (!beside) return null;
  const width = Math.round(Math.max(LEAST, Math.min(MOST, WIDE * room.width)));
  const [left, top] = map.onPlane([beside.box[0], beside.box[3]]);
  const [right, bottom] = map.onPlane([beside.box[2], beside.box[1]]);
  const height = Math.round(Math.min(1.5 * width, width * (bottom - top) / (right - left))) + TITLE;
  if (width * height > COVERED * room.width * room.height) return null;
  const view = map.fit(beside.box, { width: width, height: height - head(beside) });
  return { x: EDGE, y: EDGE, width: width, height: height, view: { ...view, y: view.y + head(beside) } };
};

/* Its frame and its name, over what is drawn in it. */
map.besideFrame = ({ title, under, inks }, { width, height }) => [
  { mark: "box", x: 0, y: 0, width: width, height: head({ under }), fill: inks.panel },
  map.textMark(title, map.FONTS.title, 8, TITLE / 2, inks.text),
  ...(under ? [map.textMark(under, map.FONTS.reach, 8, TITLE + UNDER / 2 - 3, inks.text)] : []),
  { mark: "box", x: 0.5, y: 0.5, width: width - 1, height: height - 1, radius: 3, line: inks.borders, wide: 1 },
];
