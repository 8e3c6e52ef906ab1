/* Forms that are HTML (tiles, ranked lists, tables, text), drawn as SVG from how a browser lays them
   out: a copy is laid out in a quiet document of its own, always light and always wide, and each
   box, icon and line of text in it becomes a mark. So a new form needs no code here. */
(function (atlas) {
  "use strict";
  atlas.pictures ??= {};
  const { pictures } = atlas;
  const VIEWPORT = { width: 1440, height: 3000 };
  /* Sizes to try, the largest first; below what is easily read in a higher picture; then rows beside
     each other, then only the first of them. */
  const LARGEST = 1.6;
  const LARGEST_TILES = 2.1;
  const READ = 1.4;
  const SMALLEST = 1;
  /* What has no rows that could be left out, such as a card about a corridor, becomes smaller yet. */
  const SMALLEST_WHOLE = 0.5;
  const STEP = 0.1;
  const MOST_BESIDE = 3;
  const FEW_ROWS = 12;

  pictures.form = async function (card, room) {
    const frame = await quietDocument();
    try {
      const sheet = frame.contentDocument.body.firstChild;
      const scale = await laidOut(sheet, card, room);
      const marks = await pictures.painted(sheet);
      const at = `translate(${room.x} ${pictures.round(room.y)}) scale(${pictures.round(scale)})`;
      return { inside: pictures.mark("g", { transform: at }, ...marks), taken: sheet.scrollHeight * scale };
    } finally {
      frame.remove();
    }
  };

  /* A document beside the page with the page's own style sheets, whatever the screen shows. */
  async function quietDocument() {
    const frame = document.createElement("iframe");
    frame.inert = true;
    frame.tabIndex = -1;
    frame.setAttribute("aria-hidden", "true");
    Object.assign(frame.style, { position: "fixed", left: "-20000px", top: "0", border: "0",
      width: `${VIEWPORT.width}px`, height: `${VIEWPORT.height}px` });
    document.body.append(frame);
    const inside = frame.contentDocument;
    inside.documentElement.lang = document.documentElement.lang;
    inside.documentElement.dataset.theme = "light";
    await Promise.all([...document.querySelectorAll('link[rel="stylesheet"]')].map((link) => styled(inside, link.href)));
    inside.body.append(inside.createElement("div"));
    return frame;
  }

  function styled(inside, address) {
    return new Promise((resolve, reject) => {
      const link = inside.createElement("link");
      link.rel = "stylesheet";
      link.onload = resolve;
      link.onerror = () => reject(new Error(`${address} was not loaded`));
      link.href = address;
      inside.head.append(link);
    });
  }

  const rowsOf = (table) => table?.querySelectorAll("tbody tr").length || 0;

  /* Lays the copy out as large as the room allows and gives the size. */
  async function laidOut(sheet, card, room) {
    const rows = rowsOf(card.querySelector(".card-body table"));
    const most = rows > FEW_ROWS ? MOST_BESIDE : 1;
    fill(sheet, card, 1, rows);
    await sheet.ownerDocument.fonts.ready;
    const largest = card.querySelector(".card-body .tiles") ? LARGEST_TILES : LARGEST;
    const smallest = rows ? SMALLEST : SMALLEST_WHOLE;
    for (let scale = largest; scale > smallest - STEP / 2; scale -= STEP) {
      for (let beside = 1; beside <= most; beside += 1) {
        fill(sheet, card, beside, rows);
        if (fits(sheet, room, scale)) return scale;
      }
    }
    return cut(sheet, card, room, rows, most);
  }

  /* What no size can hold ends with a line that says so, and where the rest is. */
  function cut(sheet, card, room, rows, most) {
    const holds = (kept, beside) => {
      fill(sheet, card, beside, kept);
      return fits(sheet, room, SMALLEST);
    };
    const layouts = Array.from({ length: most }, (_, i) => ({ beside: i + 1, kept: mostOf(rows - 1, (kept) => holds(kept, i + 1)) }));
    const best = layouts.reduce((one, other) => (other.kept > one.kept ? other : one));
    if (best.kept === 0 || !holds(best.kept, best.beside)) throw new Error("not even one row fits into the picture");
    return SMALLEST;
  }

  /* The largest number up to a limit that holds, or 0; what holds for one holds for all below. */
  function mostOf(limit, holds) {
    let [low, high] = [0, limit];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (holds(middle)) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  function fits(sheet, room, scale) {
    const width = Math.floor(room.width / scale);
    sheet.style.width = `${width}px`;
    const height = scale < READ + STEP / 2 ? room.most : room.height;
    return sheet.scrollHeight * scale <= height && sheet.scrollWidth <= width;
  }

  /* A fresh copy with so many columns of rows beside each other, and so many rows. */
  function fill(sheet, card, beside, kept) {
    sheet.className = `${card.className} picture-sheet`;
    const copy = sheet.ownerDocument.importNode(card.querySelector(".card-body"), true);
    copy.querySelectorAll("[id]").forEach((node) => node.removeAttribute("id"));
    sheet.replaceChildren(copy);
    const table = copy.querySelector("table");
    if (table) divide(table, beside, kept);
  }

  function divide(table, beside, kept) {
    const rows = rowsOf(table);
    const each = Math.ceil(kept / beside);
    const inside = table.ownerDocument;
    const columns = inside.createElement("div");
    columns.className = "picture-columns";
    columns.append(...Array.from({ length: beside }, (_, part) => {
      const own = table.cloneNode(true);
      own.querySelectorAll("tbody tr").forEach((row, i) => {
        if (i >= kept || Math.floor(i / each) !== part) row.remove();
      });
      return own;
    }));
    table.replaceWith(columns);
    if (kept === rows) return;
    const rest = inside.createElement("p");
    rest.className = "picture-rest";
    rest.textContent = document.getElementById("toast").dataset.rest;
    columns.after(rest);
  }
})(window.atlas);
