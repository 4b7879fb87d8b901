// A passkey answers what the server asked; the form then carries the answer. Needs webauthn-json (django-allauth's copy).
"use strict";

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const failed = form.querySelector("[data-passkey-failed]");
    failed.hidden = true;
    try {
      const asked = JSON.parse(form.dataset.options);
      const answer = form.dataset.passkey === "create" ? await webauthnJSON.create(asked) : await webauthnJSON.get(asked);
      form.elements.credential.value = JSON.stringify(answer);
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
}
