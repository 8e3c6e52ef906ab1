/* The list of places: what is typed in it is looked for in both names and in codes, what begins so first.
   Dash finds every text that holds the letters, in no order; here it is given what it shall show. */
(function (atlas, clientside) {
  "use strict";
  /* How well a word of a name answers a word that was typed; a number is never found inside another. */
  const EQUAL = 0;
  const BEGINS = 1;
  const HOLDS = 2;
  const NONE = 9;
  const NEAR = "[data-filter]";
  let all = null;
  let places = [];

  /* Numbers stand apart from letters and lose their zeros: "Camp 04E" is camp, 4, e. */
  const wordsOf = (text) => atlas.plain(text)
    .replace(/(\d)(?=[^\d\s])|([^\d\s])(?=\d)/g, "$& ")
    .split(/[\s\-–,.()/]+/)
    .filter(Boolean)
    .map((word) => word.replace(/^0+(?=\d)/, ""));

  function answers(word, typed) {
    if (word === typed) return EQUAL;
    if (word.startsWith(typed)) return BEGINS;
    return !/\d/.test(typed) && word.includes(typed) ? HOLDS : NONE;
  }

  /* Smaller is better: the name itself, its beginning, beginnings of its words, what is inside of them. */
  function ofName(words, typed) {
    const worst = Math.max(...typed.map((one) => Math.min(...words.map((word) => answers(word, one)))));
    if (worst === NONE) return NONE;
    if (worst === HOLDS) return 4;
    if (answers(words[0], typed[0]) > BEGINS) return 3;
    if (worst === BEGINS) return 2;
    return words.length > typed.length ? 1 : 0;
  }

  function ofCode(code, typed) {
    if (code === typed) return 0;
    return code.startsWith(typed) ? 2 : NONE;
  }

  /* Resolves the next time somebody comes near a filter with a pointer, a finger or a key. */
  const reached = () => new Promise((resolve) => {
    const over = new AbortController();
    ["pointerover", "focusin", "toggle"].forEach((kind) => document.addEventListener(kind, (event) => {
      if (!event.target.closest?.(NEAR)) return;
      over.abort();
      resolve();
    }, { capture: true, signal: over.signal }));
  });

  /* What the list is drawn by: three times as large as all other controls together, and most readers
     never open it. Dash asks once; where the line was lost, it is fetched when somebody comes near again. */
  atlas.listOfPlaces = async function () {
    while (!window.dash_list) {
      await reached();
      await atlas.scripts(atlas.settings.lists).catch(window.reportError);
    }
    return window.dash_list;
  };

  function remember(options) {
    all = options;
    places = options.map((option) => ({
      option: option,
      code: atlas.plain(option.value),
      names: option.search.split("\n").map(wordsOf).filter((words) => words.length),
    }));
  }

  /* What was chosen stays, or Dash would let it go. */
  function matches(text, chosen) {
    const code = atlas.plain(text.trim());
    const typed = wordsOf(text);
    if (!typed.length) return all;
    const ranked = places
      .map(({ option, code: own, names }) => ({
        option: option,
        rank: Math.min(ofCode(own, code), ...names.map((words) => ofName(words, typed))),
      }))
      .filter(({ option, rank }) => rank < NONE || chosen.includes(option.value));
    return ranked.sort((a, b) => a.rank - b.rank)
      .map(({ option, rank }) => ({ ...option, search: rank < NONE ? text : "" }));
  }

  clientside.findPlaces = function (typed, chosen, options) {
    if (all === null) remember(options);
    if (!typed) return options === all ? window.dash_clientside.no_update : all;
    return matches(typed, chosen || []);
  };
})(window.atlas, window.dash_clientside.atlas);
