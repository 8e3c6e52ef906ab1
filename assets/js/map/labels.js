/* Labels: which names a map shows and where, once for each scale, so that they stand still while the
   map is moved. None covers another and no place is named twice; numbers come before names, and large
   before small. */
(function (atlas) {
  "use strict";
  atlas.map ??= {};
  const { map } = atlas;
  /* Names of low rank wait for a closer view, and so do cities. */
  const RANKS = [[5.5, 99], [4.4, 5], [3, 4]];
  const LEAST_RANK = 3;
  const CITIES = 4.4;
  const ORDER = { country: 0, sea: 1, city: 2 };
  const ROOM = { x: 4, y: 1 };
  const LINE = 1.2;
  const LETTERS_OF_A_LINE = 8;
  const SPACE = 4;
  /* How far a number stands from its point, which may be that of a circle, and how wide that is. */
  const APART = 5;
  const APART_FROM_CIRCLE = 10;
  const CIRCLE = 7;
  const ALONG = 16;
  const BESIDE = [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [-1, -1], [1, 1], [-1, 1]];
  let last = {};

  /* Labels at a scale, in pixels from the origin of the plane: {lines, width, height, x, y, kind},
     where x and y are the middle. */
  map.labelsAt = function (description, k) {
    if (last.description !== description || last.k !== k) {
      last = { description: description, k: k, placed: placed(description, k) };
    }
    return last.placed;
  };

  function placed(description, k) {
    const taken = circlesAt(description, k);
    const free = (label) => !taken.some((box) => covers(box, label));
    const set = [];
    const put = (label) => { taken.push(label); set.push(label); };
    numbersAt(description, k, taken.length > 0).forEach((choices) => {
      const found = choices.find(free);
      if (found) put(found);
    });
    taken.push(...waysAt(description, k));
    const numbered = new Set(set.map((label) => label.lines[0].runs[0].said));
    namesAt(description, k).filter(({ said }) => !numbered.has(said)).forEach((label) => { if (free(label)) put(label); });
    return set;
  }

  const covers = (one, other) => Math.abs(one.x - other.x) < (one.width + other.width) / 2 + ROOM.x
    && Math.abs(one.y - other.y) < (one.height + other.height) / 2 + ROOM.y;

  function circlesAt(description, k) {
    return description.layers.filter((layer) => layer.kind === "nodes").flatMap(({ nodes }) => nodes.map(({ point }) => {
      const [x, y] = map.onPlane(point);
      return { x: x * k, y: y * k, width: 2 * CIRCLE - ROOM.x, height: 2 * CIRCLE - ROOM.y };
    }));
  }

  /* Names of the ground keep off the lines of flows; numbers may lie on them. */
  function waysAt(description, k) {
    const plane = { k: k, x: 0, y: 0 };
    return description.layers.filter((layer) => layer.kind === "flows").flatMap((layer) => layer.flows.flatMap((flow) => {
      const wide = layer.widths[flow.width];
      return map.along(map.curveOf(flow, wide, plane), ALONG).map(([x, y]) => ({ x: x, y: y, width: wide, height: wide }));
    }));
  }

  /* Each name with its number, in the places where it may stand, the best first. */
  function numbersAt(description, k, besideCircles) {
    const { label, number } = map.FONTS;
    return description.labels.map(({ text, emphasis, point }) => {
      const [x, y] = map.onPlane(point).map((value) => value * k);
      const runs = [{ said: text, font: label }, ...(emphasis ? [{ said: emphasis, font: number }] : [])];
      const line = lineOf(runs);
      const height = label.size * LINE;
      const apart = besideCircles ? APART_FROM_CIRCLE : APART;
      const at = (across, down) => ({ kind: "number", lines: [line], width: line.width, height: height,
        x: x + across * (line.width / 2 + apart), y: y + down * (height / 2 + apart) });
      const beside = BESIDE.map(([across, down]) => at(across, down));
      return besideCircles ? beside : [at(0, 0), ...beside];
    });
  }

  function namesAt(description, k) {
    const zoom = map.zoomAt(k);
    const rank = (RANKS.find(([from]) => zoom >= from) || [0, LEAST_RANK])[1];
    return [...map.shapes("labels").values()]
      .filter((place) => place.kind in ORDER && place.rank <= rank && (place.kind !== "city" || zoom >= CITIES))
      .sort((one, other) => one.rank - other.rank || ORDER[one.kind] - ORDER[other.kind])
      .map((place) => named(place, description.lang, k));
  }

  function named(place, lang, k) {
    const said = place[`name_${lang}`] || place.name_en;
    const latin = lang === "en";
    // Letters of Bangla are joined by a line on top, which a wider spacing would break.
    const font = place.kind === "country" && !latin ? map.FONTS.city : map.FONTS[place.kind];
    const lines = map.linesOf(place.kind === "country" && latin ? said.toLocaleUpperCase("en") : said,
      LETTERS_OF_A_LINE * font.size, font).map((line) => lineOf([{ said: line, font: font }]));
    return { kind: place.kind, said: said, lines: lines, width: Math.max(...lines.map((line) => line.width)),
      height: lines.length * font.size * LINE, x: place.point[0] * k, y: place.point[1] * k };
  }

  /* Runs of a line, each with where it begins. */
  function lineOf(runs) {
    let at = 0;
    const set = runs.map((run) => {
      const from = at;
      const width = map.widthOf(run.said, run.font);
      at += width + SPACE;
      return { ...run, from: from };
    });
    return { runs: set, width: at - SPACE };
  }

  /* Marks of labels that stand whole in a room. */
  map.labelMarks = function (description, view, { width, height }) {
    const { inks } = description;
    const looks = {
      number: { ink: inks.text, halo: inks.surface, wide: 3.2 },
      sea: { ink: inks.sea_name, halo: inks.sea, wide: 2.4 },
      country: { ink: inks.name, halo: inks.halo, wide: 2.8 },
      city: { ink: inks.name, halo: inks.halo, wide: 2.8 },
    };
    return map.labelsAt(description, view.k).flatMap((label) => {
      const [x, y] = [label.x + view.x, label.y + view.y];
      const whole = x - label.width / 2 > 2 && x + label.width / 2 < width - 2
        && y - label.height / 2 > 1 && y + label.height / 2 < height - 1;
      return whole ? label.lines.map((line, i) => textMark(line, x, y, i - (label.lines.length - 1) / 2, looks[label.kind])) : [];
    }).reverse();
  };

  function textMark(line, x, y, row, look) {
    const { size } = line.runs[0].font;
    return { mark: "text", x: x - line.width / 2, y: y + row * size * LINE + size * 0.36, runs: line.runs, ...look };
  }
})(window.atlas);
