/* Scripts that few readers need, fetched when they are. */
(function (atlas) {
  "use strict";
  const fetched = new Map();

  /* Resolves when all have run, in their order; one that failed is fetched again the next time. */
  atlas.scripts = (addresses) => Promise.all(addresses.map((address) => {
    if (!fetched.has(address)) {
      const coming = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.async = false;
        script.src = address;
        script.onload = () => resolve();
        script.onerror = () => { script.remove(); reject(new Error(`a script did not come: ${script.src}`)); };
        document.head.append(script);
      });
      fetched.set(address, coming);
      coming.catch(() => fetched.delete(address));
    }
    return fetched.get(address);
  }));
})(window.atlas);
