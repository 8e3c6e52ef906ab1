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
  const withBytes = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  function create(options) {
    const user = { ...options.user, id: bytes(options.user.id) };
    const excludeCredentials = withBytes(options.excludeCredentials);
    return navigator.credentials.create({ publicKey: { ...options, user, excludeCredentials } });
  }

  function use(options) {
    const allowCredentials = withBytes(options.allowCredentials);
    return navigator.credentials.get({ publicKey: { ...options, allowCredentials } });
  }

  async function answer(form) {
    const isNew = "new" in form.dataset;
    const options = JSON.parse(form.dataset.passkey);
    options.challenge = bytes(options.challenge);
    const { rawId, type, response } = await (isNew ? create(options) : use(options));
    const parts = isNew ? ["attestationObject"] : ["authenticatorData", "signature"];
    const answers = {};
    for (const name of ["clientDataJSON", ...parts]) answers[name] = text(response[name]);
    return JSON.stringify({ id: text(rawId), rawId: text(rawId), type, response: answers });
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
