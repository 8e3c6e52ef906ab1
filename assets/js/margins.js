/* Margins: a chart begins with what Plotly added to its margins when it was drawn before. Plotly finds that
   by drawing again, which takes as long as all the rest; and so axes stay where they were. */
(function (atlas) {
  "use strict";
  const SIDES = ["l", "r", "t", "b"];
  /* Labels below this share of the former ones get margins of their own. */
  const ALIKE = 0.8;
  const AXIS = /^[xy]axis/;

  /* The margins to draw a figure with: its own, or what labels like its own needed instead. */
  atlas.marginsOf = function (plot, { data, layout }) {
    const { kept } = plot;
    if (!kept || kept.width !== plot._fullLayout?.width || !isLike(measured(data, layout), kept.labels)) plot.kept = null;
    return { ...layout.margin, ...plot.kept?.added };
  };

  /* Labels are kept at their largest for as long as the margins that they needed are. */
  atlas.keepMargins = function (plot, { data, layout }) {
    const fullLayout = plot._fullLayout;
    if (!fullLayout?._size) return;
    const added = SIDES.filter((side) => fullLayout._size[side] > layout.margin[side]);
    const labels = measured(data, layout);
    const before = plot.kept?.labels || labels;
    plot.kept = {
      added: Object.fromEntries(added.map((side) => [side, fullLayout._size[side]])),
      width: fullLayout.width,
      labels: Object.fromEntries(Object.keys(labels).map((name) => [name, Math.max(labels[name], before[name] || 0)])),
    };
  };

  /* In a room of another width labels may break otherwise. */
  atlas.loseMargins = function (plot, { layout }) {
    plot.kept = null;
    plot.layout.margin = { ...layout.margin };
  };

  const isLike = (now, before) => Object.keys(before).every((name) => now[name] >= ALIKE * before[name]);

  /* What margins follow from: letters of the longest line and most lines of the labels of each axis, and
     letters of all names in the legend. */
  function measured(data, layout) {
    const traces = layout.showlegend === false ? [] : data.filter((trace) => trace.showlegend !== false);
    const sizes = { legend: traces.reduce((sum, { name }) => sum + (name || "").length, 0) };
    Object.keys(layout).filter((name) => AXIS.test(name)).forEach((name) => {
      const way = name[0];
      const own = data.filter((trace) => (trace[`${way}axis`] || way) === name.replace("axis", ""));
      const labels = layout[name].ticktext || own.flatMap((trace) => trace[way] || []);
      const lines = labels.filter((label) => typeof label === "string").map((label) => label.split("<br>"));
      sizes[`${name} letters`] = Math.max(0, ...lines.flat().map((line) => line.length));
      sizes[`${name} lines`] = Math.max(0, ...lines.map((label) => label.length));
    });
    return sizes;
  }
})(window.atlas);
