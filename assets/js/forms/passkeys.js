/* Passkeys: a form that is sent once the device has made, or used, a passkey. What it is told and what
   it answers is JSON as WebAuthn has it; browsers that read it themselves are too young to count on. */
(function () {
  "use strict";
  if (!window.PublicKeyCredential) return;

  const bytes = (written) =>
    Uint8Array.from(atob(written.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  function made(told) {
    const user = { ...told.user, id: bytes(told.user.id) };
    const excludeCredentials = known(told.excludeCredentials);
    return navigator.credentials.create({ publicKey: { ...told, user, excludeCredentials } });
  }

  function used(told) {
    const allowCredentials = known(told.allowCredentials);
    return navigator.credentials.get({ publicKey: { ...told, allowCredentials } });
  }

  async function answer(form) {
    const isNew = "new" in form.dataset;
    const told = JSON.parse(form.dataset.passkey);
    told.challenge = bytes(told.challenge);
    const { rawId, type, response } = await (isNew ? made(told) : used(told));
    const parts = isNew ? ["attestationObject"] : ["authenticatorData", "signature"];
    const said = {};
    for (const name of ["clientDataJSON", ...parts]) said[name] = text(response[name]);
    return JSON.stringify({ id: text(rawId), rawId: text(rawId), type, response: said });
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    const problem = form.querySelector("[role=alert]");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      problem.hidden = true;
      answer(form).then(
        (content) => {
          form.elements.credential.value = content;
          form.submit();
        },
        () => {
          problem.hidden = false;
        },
      );
    });
  }
  for (const none of document.querySelectorAll(".access-none")) none.hidden = true;
})();
