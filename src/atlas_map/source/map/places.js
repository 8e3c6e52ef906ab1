/* Places of a map as a list for who works without a pointer: names and numbers in the order of the
   ranking, one stop among the stops of the page, arrows within it. The place that has the focus is
   brought into sight and marked, and Enter does what a press does. */
import { map } from "./map.js";

const WAYS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/* live: {show(place, button), leave(), go(code)}; says what the list is called. */
map.placeList = function (live, name) {
  const list = document.createElement("ul");
  list.className = "map-places";
  list.setAttribute("role", "list");
  list.setAttribute("aria-label", name);
  let places = [];

  const buttons = () => [...list.querySelectorAll("button")];
  const placeOf = (button) => places[buttons().indexOf(button)];

  function stopAt(button) {
    buttons().forEach((other) => { other.tabIndex = other === button ? 0 : -1; });
  }

  list.addEventListener("focusin", (event) => {
    stopAt(event.target);
    const [x, y] = live.show(placeOf(event.target), event.target);
    Object.assign(event.target.style, { left: `${x}px`, top: `${y}px` });
  });
  list.addEventListener("focusout", () => live.leave());
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) live.go(button.dataset.code, event);
  });
  list.addEventListener("keydown", (event) => {
    const all = buttons();
    const here = all.indexOf(event.target);
    const next = WAYS[event.key] ? here + WAYS[event.key] : { Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    (all[Math.max(0, Math.min(all.length - 1, next))]).focus();
  });

  /* Write the list anew; who had the focus in it keeps it, on the same place where that is left. */
  function write(given) {
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.code : null;
    places = given;
    const spare = [...list.children];
    places.forEach((place, i) => {
      if (!spare[i]) list.append(item());
      const button = list.children[i].firstChild;
      button.dataset.code = place.code;
      button.textContent = place.lines.join(", ");
      button.tabIndex = i === 0 ? 0 : -1;
    });
    spare.slice(places.length).forEach((node) => node.remove());
    if (focused === null || !places.length) return;
    const same = buttons().find((button) => button.dataset.code === focused);
    (same || buttons()[0]).focus();
    live.refocus(list.contains(document.activeElement) ? placeOf(document.activeElement) : null);
  }

  function item() {
    const node = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    node.append(button);
    return node;
  }

  return { node: list, write: write, places: () => places };
};
