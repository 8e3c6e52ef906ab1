/* Margins: a chart begins with those that its labels needed when it was drawn before. Plotly finds them
   by drawing again, which takes as long as all the rest; and so axes stay where they were. */
(function (atlas) {
  "use strict";
  const SIDES = ["l", "r", "t", "b"];
  /* Labels shorter than this share of the former ones get margins of their own. */
  const ALIKE = 0.8;
  const AXIS = /^[xy]axis/;

  /* The margins to draw a figure with: its own, or larger ones that labels like its own needed. */
  atlas.marginsOf = function (plot, { data, layout }) {
    const { margin } = layout;
    const kept = plot.kept;
    const isAlike = kept && kept.width === plot._fullLayout?.width && isLike(labels(data, layout), kept.labels);
    return isAlike ? Object.fromEntries(SIDES.map((side) => [side, Math.max(margin[side], kept.margins[side])])) : margin;
  };

  atlas.keepMargins = function (plot, { data, layout }) {
    const drawn = plot._fullLayout;
    if (!drawn?._size) return;
    plot.kept = {
      margins: Object.fromEntries(SIDES.map((side) => [side, drawn._size[side]])),
      width: drawn.width,
      labels: labels(data, layout),
    };
  };

  /* In a room of another width labels may break otherwise. */
  atlas.loseMargins = function (plot, { layout }) {
    plot.kept = null;
    plot.layout.margin = { ...layout.margin };
  };

  const isLike = (now, before) => Object.keys(before).every((name) => now[name] >= ALIKE * before[name]);

  /* Letters of the longest label of each axis, and of the longest name in the legend. */
  function labels(data, layout) {
    const named = data.filter((trace) => trace.showlegend !== false);
    const found = { legend: letters(named.map((trace) => trace.name)) };
    Object.keys(layout).filter((name) => AXIS.test(name)).forEach((name) => {
      const way = name[0];
      const own = data.filter((trace) => (trace[`${way}axis`] || way) === name.replace("axis", ""));
      found[name] = letters(layout[name].ticktext || own.flatMap((trace) => trace[way] || []));
    });
    return found;
  }

  const letters = (values) => Math.max(0, ...values.filter((value) => typeof value === "string")
    .flatMap((value) => value.split("<br>")).map((line) => line.length));
})(window.atlas);
