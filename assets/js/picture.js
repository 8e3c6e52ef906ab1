/* Pictures: a card as a PNG of 1600 x 960 at double size, drawn in the browser, always light.
   Everything a reader needs to trust it is inside: title, filters, notes, source, release, label. */
(function (atlas) {
  "use strict";
  const WIDTH = 1600, HEIGHT = 960, SCALE = 2, EDGE = 56;
  const INNER = WIDTH - 2 * EDGE;
  const LARGER = 1.35; // figures are laid out smaller and drawn larger, so that labels can be read
  const FAMILY = '"Noto Sans","Noto Sans Bengali",sans-serif';
  const INK = { text: "#12202E", second: "#43566A", third: "#5B6C7D", line: "#D3DAE0",
    accent: "#0B5CAD", warn: "#80530A", warnSoft: "#FBF1DC", sunken: "#ECEFF0", surface: "#FFFFFF" };

  const words = (card, selector) => {
    const node = card.querySelector(selector);
    return node ? node.textContent.replace(/\s+/g, " ").trim() : "";
  };

  /* Draw and download; resolves to the file's name. */
  atlas.picture = async function (card) {
    await Promise.all(["400", "600", "700"].map((weight) => document.fonts.load(`${weight} 20px "Noto Sans"`)));
    const canvas = document.createElement("canvas");
    canvas.width = WIDTH * SCALE;
    canvas.height = HEIGHT * SCALE;
    const pen = canvas.getContext("2d");
    pen.scale(SCALE, SCALE);
    pen.fillStyle = INK.surface;
    pen.fillRect(0, 0, WIDTH, HEIGHT);
    const top = head(pen, card);
    const bottom = foot(pen, card);
    await body(pen, card, { x: EDGE, y: top, width: INNER, height: bottom - top - 16 });
    return save(canvas, `${card.dataset.exhibit}-${card.querySelector("[data-release]").dataset.release}.png`);
  };

  function head(pen, card) {
    pen.fillStyle = INK.accent;
    pen.fillRect(EDGE, 32, INNER, 4);
    text(pen, words(card, ".kicker").toUpperCase(), EDGE, 66, `400 16px ${FAMILY}`, INK.second);
    let y = lines(pen, words(card, ".card-title"), EDGE, 104, INNER, 42, `700 32px ${FAMILY}`, INK.text, 2);
    y = lines(pen, words(card, ".card-subtitle"), EDGE, y, INNER, 28, `400 20px ${FAMILY}`, INK.second, 2);
    return y + 4;
  }

  /* Written from the bottom up, so that long notes take room from the figure and are never cut. */
  function foot(pen, card) {
    const label = words(card, ".card-label");
    const said = `${words(card, ".card-notes")} ${words(card, ".card-source")}${words(card, ".card-release") && " "}${words(card, ".card-release")}`;
    pen.font = `400 16px ${FAMILY}`;
    const room = INNER - 260;
    const broken = wrap(pen, said.trim(), room);
    const start = HEIGHT - 32 - broken.length * 23;
    pen.fillStyle = INK.line;
    pen.fillRect(EDGE, start - 12, INNER, 1);
    broken.forEach((line, i) => text(pen, line, EDGE, start + 14 + i * 23, `400 16px ${FAMILY}`, INK.second));
    if (label) {
      pen.font = `700 17px ${FAMILY}`;
      const wide = pen.measureText(label).width + 24;
      pen.fillStyle = INK.warnSoft;
      pen.fillRect(WIDTH - EDGE - wide, start + 2, wide, 34);
      text(pen, label, WIDTH - EDGE - wide + 12, start + 25, `700 17px ${FAMILY}`, INK.warn);
    }
    return start - 12;
  }

  async function body(pen, card, room) {
    const plot = card.querySelector(".card-graph:not([hidden]) .js-plotly-plot");
    if (plot && card.latest) {
      const picture = await image(plot, card.latest, room);
      pen.drawImage(picture, room.x, room.y, room.width, room.height);
      return;
    }
    if (card.querySelector(".tiles")) await drawTiles(pen, card, room);
    else if (card.querySelector(".ranking")) drawRanking(pen, card, room);
    else if (card.querySelector(".prose")) drawProse(pen, card, room);
    else if (card.querySelector("table")) drawTable(pen, card.querySelector("table"), room);
    else drawProse(pen, card, room);
  }

  async function drawTiles(pen, card, room) {
    const tiles = [...card.querySelectorAll(".tile")];
    const columns = 2, gap = 32;
    const width = (room.width - gap) / columns, height = 230;
    for (const [i, tile] of tiles.entries()) {
      const x = room.x + (i % columns) * (width + gap), y = room.y + 16 + Math.floor(i / columns) * (height + gap);
      pen.strokeStyle = INK.line;
      pen.strokeRect(x, y, width, height);
      text(pen, words(tile, ".tile-label"), x + 28, y + 48, `600 22px ${FAMILY}`, INK.second);
      text(pen, words(tile, ".tile-text"), x + 28, y + 124, `700 64px ${FAMILY}`, INK.text);
      lines(pen, words(tile, ".tile-change"), x + 28, y + 176, width - 56, 26, `400 20px ${FAMILY}`, INK.second, 2);
      const line = tile.querySelector(".tile-line");
      if (line) pen.drawImage(line, x + width - 288, y + 66, 260, 78);
    }
  }

  function drawRanking(pen, card, room) {
    const rows = [...card.querySelectorAll(".ranking tbody tr")];
    const start = drawLegend(pen, card, room);
    const step = Math.min(44, Math.max(30, (room.y + room.height - start) / rows.length));
    const fitting = Math.min(rows.length, Math.floor((room.y + room.height - start) / step));
    const bar = { x: room.x + 560, width: room.width - 560 - 300 };
    rows.slice(0, fitting).forEach((row, i) => {
      const y = start + i * step, base = y + step * 0.66;
      text(pen, words(row, ".rank-number"), room.x, base, `400 18px ${FAMILY}`, INK.third);
      const name = clipped(pen, words(row, ".rank-name"), 320, `600 19px ${FAMILY}`);
      text(pen, name, room.x + 44, base, `600 19px ${FAMILY}`, INK.text);
      const after = room.x + 44 + pen.measureText(name).width + 12;
      text(pen, clipped(pen, words(row, ".rank-note"), bar.x - after - 16, `400 16px ${FAMILY}`), after, base, `400 16px ${FAMILY}`, INK.third);
      drawBar(pen, row, bar, y + step * 0.26, step * 0.48);
      const value = words(row, ".rank-value");
      pen.font = `700 20px ${FAMILY}`;
      text(pen, value, room.x + room.width - 200 - pen.measureText(value).width, base, pen.font, INK.text);
      text(pen, words(row, ".rank-change .sr-only"), room.x + room.width - 176, base, `400 17px ${FAMILY}`, INK.second);
      pen.fillStyle = INK.line;
      pen.fillRect(room.x, y + step, room.width, 1);
    });
  }

  function drawBar(pen, row, bar, y, height) {
    const whole = row.querySelector(".rank-bar");
    const scale = bar.width / whole.parentElement.clientWidth;
    [...whole.children].forEach((part) => {
      const left = part.offsetLeft - whole.offsetLeft;
      pen.fillStyle = getComputedStyle(part).backgroundColor;
      pen.fillRect(bar.x + left * scale, y, Math.max(2, part.offsetWidth * scale), height);
      if (part.classList.contains("rank-part--other")) hatch(pen, bar.x + left * scale, y, part.offsetWidth * scale, height);
    });
  }

  function hatch(pen, x, y, width, height) {
    pen.save();
    pen.beginPath();
    pen.rect(x, y, width, height);
    pen.clip();
    pen.strokeStyle = "rgba(255,255,255,.8)";
    pen.lineWidth = 2;
    for (let at = x - height; at < x + width; at += 6) {
      pen.beginPath();
      pen.moveTo(at, y + height);
      pen.lineTo(at + height, y);
      pen.stroke();
    }
    pen.restore();
  }

  function drawLegend(pen, card, room) {
    const entries = [...card.querySelectorAll(".legend li")];
    let x = room.x;
    entries.forEach((entry) => {
      pen.fillStyle = getComputedStyle(entry.querySelector(".legend-mark")).backgroundColor;
      pen.fillRect(x, room.y + 8, 16, 16);
      if (entry.querySelector(".rank-part--other")) hatch(pen, x, room.y + 8, 16, 16);
      text(pen, entry.textContent.trim(), x + 24, room.y + 22, `400 18px ${FAMILY}`, INK.second);
      x += 24 + pen.measureText(entry.textContent.trim()).width + 32;
    });
    return room.y + (entries.length ? 40 : 4);
  }

  /* The figure at the picture's size; a map shows what the reader's map shows. */
  async function image(plot, latest, room) {
    const figure = { data: structuredClone(latest.data), layout: structuredClone(latest.layout) };
    const layout = figure.layout;
    const width = Math.round(room.width / LARGER), height = Math.round(room.height / LARGER);
    const map = plot._fullLayout.map;
    if (layout.map && map) {
      const grown = Math.min(width / plot.clientWidth, height / plot.clientHeight);
      layout.map.center = { lon: map.center.lon, lat: map.center.lat };
      layout.map.zoom = map.zoom + Math.log2(grown);
    }
    Object.assign(layout, { width: width, height: height, autosize: false, paper_bgcolor: INK.surface });
    const address = await window.Plotly.toImage(figure, { format: "png", width: width, height: height, scale: SCALE * LARGER });
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    return picture;
  }

  function drawTable(pen, table, room) {
    const rows = [...table.rows].map((row) => [...row.cells].map((cell) => ({
      text: cell.textContent.trim(), right: cell.classList.contains("number") })));
    const fitting = Math.min(rows.length, Math.floor((room.height - 30) / 32));
    const columns = rows[0].length;
    pen.font = `400 18px ${FAMILY}`;
    const wanted = Array.from({ length: columns }, (_, i) =>
      Math.min(460, Math.max(...rows.slice(0, fitting).map((row) => pen.measureText((row[i] || { text: "" }).text).width)) + 28));
    const share = Math.min(1, room.width / wanted.reduce((a, b) => a + b, 0));
    rows.slice(0, fitting).forEach((row, r) => {
      let x = room.x;
      const y = room.y + 32 + r * 32;
      row.forEach((cell, i) => {
        const width = wanted[i] * share;
        const font = `${r === 0 ? 600 : 400} 18px ${FAMILY}`;
        const said = clipped(pen, cell.text, width - 16, font);
        const at = cell.right ? x + width - 16 - pen.measureText(said).width : x;
        text(pen, said, at, y - 10, font, r === 0 ? INK.second : INK.text);
        x += width;
      });
      pen.fillStyle = r === 0 ? INK.third : INK.line;
      pen.fillRect(room.x, y, room.width, 1);
    });
    if (fitting < rows.length) {
      text(pen, `+ ${rows.length - fitting}`, room.x, room.y + 32 + fitting * 32 - 6, `400 18px ${FAMILY}`, INK.third);
    }
  }

  function drawProse(pen, card, room) {
    let y = room.y + 40;
    card.querySelectorAll(".card-body p").forEach((paragraph) => {
      y = lines(pen, paragraph.textContent, room.x, y, room.width, 29, `400 20px ${FAMILY}`, INK.text, 6) + 14;
    });
  }

  function clipped(pen, said, width, font) {
    pen.font = font;
    if (pen.measureText(said).width <= width) return said;
    let kept = said;
    while (kept.length > 1 && pen.measureText(`${kept}…`).width > width) kept = kept.slice(0, -1);
    return `${kept}…`;
  }

  function text(pen, said, x, y, font, colour) {
    pen.font = font;
    pen.fillStyle = colour;
    pen.fillText(said, x, y);
  }

  function lines(pen, said, x, y, width, step, font, colour, most) {
    pen.font = font;
    const broken = wrap(pen, said, width).slice(0, most);
    broken.forEach((line, i) => text(pen, line, x, y + i * step, font, colour));
    return y + broken.length * step;
  }

  function wrap(pen, said, width) {
    const broken = [];
    let line = "";
    said.split(" ").forEach((word) => {
      const longer = line ? `${line} ${word}` : word;
      if (line && pen.measureText(longer).width > width) {
        broken.push(line);
        line = word;
      } else line = longer;
    });
    return line ? [...broken, line] : broken;
  }

  function save(canvas, name) {
    return new Promise((resolve, reject) => {
      canvas.toBlob((blob) => {
        if (!blob) { reject(new Error("the picture is empty")); return; }
        const link = document.createElement("a");
        link.href = URL.createObjectURL(blob);
        link.download = name;
        link.click();
        window.setTimeout(() => URL.revokeObjectURL(link.href), 10000);
        resolve(name);
      }, "image/png");
    });
  }
})(window.atlas);
