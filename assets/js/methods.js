/* The methods page: one step of the example at a time, and a pressed unit looks for its person. */
(function () {
  "use strict";
  const BUNDLES = ["place", "who", "class"];
  const all = (selector, root) => [...root.querySelectorAll(selector)];

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-example] button");
    if (!button) return;
    const example = button.closest("[data-example]");
    if (button.dataset.stepTo) go(example, button.dataset.stepTo);
    else if (button.dataset.stepBy) go(example, neighbour(example, Number(button.dataset.stepBy)));
    else if (button.dataset.unit) press(example, button);
  });

  const names = (example) => all("[data-step-to]", example).map((button) => button.dataset.stepTo);

  function neighbour(example, by) {
    const steps = names(example);
    const at = steps.indexOf(example.dataset.step) + by;
    return steps[Math.max(0, Math.min(steps.length - 1, at))];
  }

  /* The reader goes on from the heading of the new step. */
  function go(example, step) {
    const steps = names(example);
    const at = steps.indexOf(step);
    example.dataset.step = step;
    all("[data-step-to]", example).forEach((button) => {
      if (button.dataset.stepTo === step) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    });
    all("[data-step-by]", example).forEach((button) => {
      button.disabled = steps[at + Number(button.dataset.stepBy)] === undefined;
    });
    const room = example.querySelector(`[data-step-of="${step}"]`);
    room.querySelector("h3").focus({ preventScroll: true });
    if (room.getBoundingClientRect().top < 0) room.scrollIntoView({ block: "start" });
  }

  /* Mark in the list of people what they share with the unit; a second press lets it go. */
  function press(example, button) {
    const pressed = button.getAttribute("aria-pressed") !== "true";
    all("[data-unit]", example).forEach((other) =>
      other.setAttribute("aria-pressed", String(other === button && pressed)));
    all("[data-unit-result]", example).forEach((result) =>
      result.classList.toggle("is-shown", pressed && result.dataset.unitResult === button.dataset.unit));
    all("[data-person]", example).forEach((person) => {
      BUNDLES.forEach((name) => {
        const same = pressed && person.dataset[name] === button.dataset[name];
        person.querySelector(`[data-bundle="${name}"]`).classList.toggle("is-same", same);
      });
    });
    example.classList.toggle("has-pressed", pressed);
  }
})();
