/* Written parts: what of the shell listens to nothing comes as text in an attribute of its element, and is
   put in place as soon as Dash has made that, before anything is painted. Only the server writes it
   (`components/shell.py`). A document has one layout, which Dash makes at once and never again: another
   language is another page. */
(function () {
  "use strict";

  new MutationObserver((_, watch) => {
    const parts = document.querySelectorAll("[data-written]");
    parts.forEach((part) => {
      part.innerHTML = part.dataset.written;
      part.removeAttribute("data-written");
    });
    if (parts.length) watch.disconnect();
  }).observe(document.body, { childList: true, subtree: true });
})();
