/* Views: where a map looks, as pixels = plane * k + (x, y) in the room of the map. */
import { map } from "./map.js";

/* A box is seen with a little around it. */
const AROUND = 2 ** -0.05;
/* Share of the room beside an area that lies to its left. */
const ASIDE = 0.8;
/* North-west and south-east of what may be looked at. */
const WORLD = [[-179.9, 78], [179.9, -58]];
map.LEAST = 2 ** -5;
map.MOST = 2 ** 6;

const within = (k) => Math.max(map.LEAST, Math.min(map.MOST, k));

/* The view that shows a box of degrees (west, south, east, north) in a room of pixels. */
map.fit = function ([west, south, east, north], { width, height }) {
  const [left, top] = map.onPlane([west, north]);
  const [right, bottom] = map.onPlane([east, south]);
  const k = within(Math.min(width / (right - left), height / (bottom - top)) * AROUND);
  return around([(left + right) / 2, (top + bottom) / 2], k, { width: width, height: height });
};

/* The view that a description is first seen in. */
map.home = function (description, room, narrow) {
  if (!description.ground) return map.fitTiles(description, room, narrow);
  const ground = map.groundOf(description);
  if (ground) return besideOthers(ground.bounds, room);
  if (!description.beside) return map.fit(description.box, room);
  const [west, south, east, north] = description.box;
  return besideOthers([...map.onPlane([west, north]), ...map.onPlane([east, south])], room);
};

/* The view that shows an area as large as a room allows, to the right of what stands beside it. */
function besideOthers([left, top, right, bottom], { width, height }) {
  const k = within(Math.min(width / (right - left), height / (bottom - top)) * AROUND ** 2);
  const spare = width - (right - left) * k;
  return { k: k, x: spare * ASIDE - left * k, y: (height - (top + bottom) * k) / 2 };
}

/* A view in a room of another size: the same middle, and as close as the room grew. */
map.inRoom = function (view, before, after) {
  const middle = [(before.width / 2 - view.x) / view.k, (before.height / 2 - view.y) / view.k];
  const grown = Math.min(after.width / before.width, after.height / before.height);
  return around(middle, within(view.k * grown), after);
};

const around = ([x, y], k, { width, height }) => ({ k: k, x: width / 2 - x * k, y: height / 2 - y * k });

/* The view next to one that has the middle of a room on the world. */
map.onWorld = function (view, { width, height }) {
  const [[left, top], [right, bottom]] = WORLD.map(map.onPlane);
  const middle = [(width / 2 - view.x) / view.k, (height / 2 - view.y) / view.k];
  const kept = [Math.max(left, Math.min(right, middle[0])), Math.max(top, Math.min(bottom, middle[1]))];
  return kept[0] === middle[0] && kept[1] === middle[1] ? view : around(kept, view.k, { width: width, height: height });
};

/* Whether bounds on the plane reach into a room. */
map.isSeen = ([left, top, right, bottom], { k, x, y }, { width, height }) =>
  right * k + x > 0 && left * k + x < width && bottom * k + y > 0 && top * k + y < height;
