/* Maps: their library is most of what a page weighs, so it is fetched, and a map is drawn, only when
   the reader comes near one. */
(function (atlas) {
  "use strict";
  const NEAR = 500;
  const awaited = new Map();

  /* Resolves when maps can be drawn. */
  atlas.maps = () => atlas.scripts([atlas.settings.maps]);

  atlas.isNear = function (room) {
    const at = room.getBoundingClientRect();
    return at.bottom > -NEAR && at.top < window.innerHeight + NEAR;
  };

  /* Resolves when a room is in sight or nearly so, or is to be printed. */
  atlas.whenNear = function (room) {
    if (atlas.isNear(room)) return Promise.resolve();
    return new Promise((resolve) => {
      awaited.set(room, [...(awaited.get(room) || []), resolve]);
      watched.observe(room);
    });
  };

  function arrived(room) {
    watched.unobserve(room);
    (awaited.get(room) || []).forEach((resolve) => resolve());
    awaited.delete(room);
  }

  const watched = new IntersectionObserver((entries) => entries.forEach((entry) => {
    if (entry.isIntersecting) arrived(entry.target);
  }), { rootMargin: `${NEAR}px` });
  window.addEventListener("beforeprint", () => [...awaited.keys()].forEach(arrived));
})(window.atlas);
