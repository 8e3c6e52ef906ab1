/* Filters: controls set from the address, and the address written from controls. */
(function (atlas, clientside) {
  "use strict";
  const ORDER = { from: 0, to: 1 };
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const parameter = (name) => name.split(".")[0];

  /* What one control shows for an address; codes it does not offer are not its business. */
  function controlValue(name, options, parameters, usual) {
    const offered = valuesOf(options);
    if (parameter(name) === "period") return periodShown(name, offered, full(parameters.period || usual));
    if (name === "compare") return parameters.compare || "usual";
    return (parameters[parameter(name)] || "").split(",").filter((code) => offered.includes(code));
  }

  /* A named period, or the months from which and to which one goes. */
  function periodShown(name, offered, months) {
    const end = name.split(".")[1];
    if (!end) return offered.includes(months) ? months : "own";
    const month = months.split("..")[ORDER[end]];
    return offered.includes(month) ? month : "";
  }

  const valuesOf = (options) => (options || []).map((option) => option.value);

  /* Parameters that the server obeys, and not what it was asked: it may ignore some. Filters by menu are
     its list; period and comparison are menus of their own. */
  atlas.markMenus = function (parameters) {
    const menuOf = { ...atlas.settings.filters, period: "period", compare: "compare" };
    const set = new Set(parameters.map((name) => menuOf[name]));
    document.documentElement.classList.toggle("has-area", parameters.includes("area"));
    document.querySelectorAll("[data-filter]").forEach((menu) => {
      menu.classList.toggle("is-set", set.has(menu.dataset.filter));
    });
  };

  /* Dash leads the focus to the list of places through a field that is hidden from screen readers, so
     a reader of one is led to nothing. The field is not shown (controls.css); the button takes the focus.
     It may come after its panel was opened, so each step towards it looks again. */
  ["toggle", "focusin"].forEach((kind) => document.addEventListener(kind, ({ target }) => {
    target.closest?.("[data-filter]")?.querySelectorAll("button.dash-dropdown").forEach((button) => { button.tabIndex = 0; });
  }, true));

  const full = (months) => (months.includes("..") ? months : `${months}..${months}`);

  /* Controls that show it already are left alone, or Dash would go through all of them twice; where all
     do, as after a press of one of them, nothing comes of it at all. */
  clientside.controlsFromAddress = function (search, usual, ids, options, values, settings) {
    atlas.settings = settings;
    const parameters = atlas.parse(search);
    const { no_update: asItIs, PreventUpdate: nothing } = window.dash_clientside;
    const next = ids.map((id, i) => {
      const value = controlValue(id.name, options[i], parameters, usual);
      return same(value, values[i]) ? asItIs : value;
    });
    if (next.every((value) => value === asItIs)) throw nothing;
    return next;
  };

  /* Only controls that differ from the address are written, so setting them changes nothing. */
  clientside.addressFromControls = function (values, ids, options, search, usual) {
    const parameters = atlas.parse(search);
    const before = ids.map((id, i) => controlValue(id.name, options[i], parameters, usual));
    const changed = ids.map((id) => id.name).filter((_, i) => !same(before[i], values[i]));
    if (!changed.length) return;
    const of = (name) => values[ids.findIndex((id) => id.name === name)];
    changed.forEach((name) => {
      if (name === "compare") parameters.compare = of(name) === "usual" ? "" : of(name);
      else if (parameter(name) === "period") parameters.period = span(changed, of, usual) || "";
      else parameters[parameter(name)] = list(name, ids, values, options, parameters);
    });
    atlas.go(atlas.compose(parameters));
  };

  function span(changed, of, usual) {
    const preset = changed.includes("period") && of("period") !== "own";
    const chosen = preset
      ? of("period")
      : [of("period.from"), of("period.to")].filter(Boolean).sort().join("..");
    return chosen === usual ? "" : chosen;
  }

  /* Codes of all controls of one parameter; codes that no control offers stay as they are. */
  function list(name, ids, values, options, parameters) {
    const mine = [...ids.keys()].filter((i) => parameter(ids[i].name) === parameter(name));
    const offered = mine.flatMap((i) => valuesOf(options[i]));
    const now = mine.flatMap((i) => values[i] || []);
    const others = (parameters[parameter(name)] || "")
      .split(",")
      .filter((code) => code && (!offered.includes(code) || now.includes(code)));
    return [...new Set([...others, ...now])].join(",");
  }
})(window.atlas, window.dash_clientside.atlas);
