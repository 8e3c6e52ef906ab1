/* Several of a kind: rows, bars and places that are pressed with Ctrl, Cmd or Shift, or ticked, are kept
   together until their reader asks for all of them at once. */
(function (atlas) {
  "use strict";
  /* name: the filter; codes: code to label, those of the address that its card offers included. */
  let picked = null;

  const tray = () => document.getElementById("picked");
  const inAddress = (name) => (atlas.parse(window.location.search)[name] || "").split(",").filter(Boolean);
  const boxes = () => [...document.querySelectorAll("[data-pick]")];
  const labelOf = (box) => box.closest("tr").querySelector(".rank-name").textContent;
  const boxesBeside = (box) => [...box.closest("tbody").querySelectorAll("[data-pick]")];

  const isAdding = (event) => Boolean(event && (event.ctrlKey || event.metaKey || event.shiftKey));

  /* A press on a mark that stands for a filter: alone it chooses the mark, with a key it adds it.
     offered: code to label of all marks beside it. */
  atlas.press = function (event, name, code, offered) {
    if (isAdding(event)) add(name, code, offered, event.target);
    else atlas.choose(name, code);
  };

  function add(name, code, offered, origin) {
    if (picked?.name !== name) {
      const chosen = inAddress(name).filter((one) => offered.has(one));
      picked = { name: name, codes: new Map(chosen.map((one) => [one, offered.get(one)])) };
    }
    picked.origin = origin;
    if (!picked.codes.delete(code)) picked.codes.set(code, offered.get(code) || code);
    tell();
  }

  function tell() {
    const room = tray();
    const sentence = room.querySelector("p");
    const { codes } = picked;
    const count = codes.size === 1 ? sentence.dataset.one : sentence.dataset.many.replace("#", atlas.digits(codes.size));
    sentence.textContent = codes.size ? `${count}: ${[...codes.values()].join(", ")}` : sentence.dataset.none;
    room.hidden = false;
    tick();
  }

  function tick() {
    boxes().forEach((box) => {
      const { pick: name, code } = box.dataset;
      const on = picked?.name === name ? picked.codes.has(code) : inAddress(name).includes(code);
      box.setAttribute("aria-checked", String(on));
    });
  }

  /* The focus goes back to what was pressed, where it still stands. */
  function drop(back) {
    if (!picked) return;
    const { origin } = picked;
    picked = null;
    tray().hidden = true;
    tick();
    if (back) (origin?.isConnected && origin.tabIndex >= 0 ? origin : document.getElementById("main")).focus({ preventScroll: true });
  }

  function show() {
    const { name, codes } = picked;
    const parameters = { ...atlas.parse(window.location.search), [name]: [...codes.keys()].join(",") };
    drop(true);
    atlas.go(atlas.compose(parameters));
  }

  document.addEventListener("click", (event) => {
    const link = isAdding(event) && event.target.closest(".ranking a.rank-link");
    const box = link ? link.closest("tr").querySelector("[data-pick]") : event.target.closest("[data-pick]");
    if (box) {
      event.preventDefault();
      const offered = new Map(boxesBeside(box).map((one) => [one.dataset.code, labelOf(one)]));
      add(box.dataset.pick, box.dataset.code, offered, link || box);
    } else if (event.target.closest("[data-picked-show]")) show();
    else if (event.target.closest("[data-picked-cancel]")) drop(true);
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !picked || event.defaultPrevented) return;
    event.preventDefault();
    drop(true);
  });

  /* Another view or page has other marks. */
  ["popstate", "_dashprivate_pushstate"].forEach((kind) => window.addEventListener(kind, () => drop(false)));
})(window.atlas);
