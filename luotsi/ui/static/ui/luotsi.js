// Small comforts. Every page works without this file.
"use strict";

// j and k walk the rows of a worklist: the focus goes to the row's first link, so Enter opens it.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !["j", "k"].includes(event.key)) return;
  if (event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]")) return;
  const links = [...document.querySelectorAll("table[data-rows] tbody tr")].map((row) => row.querySelector("a, button")).filter(Boolean);
  if (!links.length) return;
  const here = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
  const next = event.key === "j" ? Math.min(here + 1, links.length - 1) : Math.max(here - 1, 0);
  links[next].focus();
  event.preventDefault();
});

// Leaving quickly empties the page at once and takes it out of the browser's "back"; so does Escape pressed twice.
const leave = (way) => {
  document.body.hidden = true;
  document.title = "";
  window.location.replace(way.href);
};
document.addEventListener("click", (event) => {
  const way = event.target.closest("a[data-leave]");
  if (!way) return;
  event.preventDefault();
  leave(way);
});
// Words that were searched with do not stay in the address of a page that somebody may want to leave so.
const forget = () => {
  if (location.search && document.querySelector("a[data-leave]")) history.replaceState(null, "", location.pathname);
};
forget();
document.addEventListener("htmx:afterSettle", forget);
let escaped = -Infinity;
document.addEventListener("keydown", (event) => {
  const way = event.key === "Escape" && document.querySelector("a[data-leave]");
  if (!way) return;
  if (event.timeStamp - escaped < 1_500) leave(way);
  escaped = event.timeStamp;
});

// What a page asks for by itself, without a press or a key, keeps nobody signed in.
document.addEventListener("htmx:configRequest", (event) => {
  const why = event.detail.triggeringEvent;
  if (!why?.isTrusted && !why?.detail?.isPerson) event.detail.headers["X-Luotsi-Passive"] = "1";
});

// An answer on its way never takes back what was written meanwhile: where a part of a form is drawn anew, what changed
// after the request left is put into the new part.
const sentWith = new WeakMap();
const written = (form) => [...form.elements].filter((field) => field.name && field.matches("input:not([type=hidden], [type=file]), select, textarea"));
const valueOf = (field) => (field.matches("[type=radio], [type=checkbox]") ? field.checked : field.value);
const keyOf = (field) => [field.name, field.matches("[type=radio], [type=checkbox]") ? field.value : ""].join("\n");
document.addEventListener("change", (event) => {
  if (!event.target.matches("[type=radio], [type=checkbox], select")) return;
  event.target.closest("[data-keep-writing]")?.dispatchEvent(new CustomEvent("choice", { detail: { isPerson: event.isTrusted } }));
});
document.addEventListener("htmx:beforeRequest", (event) => {
  const part = event.target.closest("[data-keep-writing]");
  if (part) sentWith.set(part, new Map(written(part.closest("form")).map((field) => [keyOf(field), valueOf(field)])));
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const part = event.detail.elt?.closest("[data-keep-writing]");
  const sent = part && sentWith.get(part);
  if (!sent) return;
  const form = part.closest("form");
  const newer = written(form).filter((field) => sent.get(keyOf(field)) !== valueOf(field)).map((field) => [keyOf(field), valueOf(field)]);
  if (!newer.length) return;
  part.addEventListener("htmx:afterSwap", () => {
    const changed = new Map(newer);
    for (const field of written(form)) {
      if (!changed.has(keyOf(field))) continue;
      if (field.matches("[type=radio], [type=checkbox]")) field.checked = changed.get(keyOf(field));
      else field.value = changed.get(keyOf(field));
    }
  }, { once: true });
});

// When the session has ended, what stands on the screen gives way to the sign-in page, which leads back here. A page on
// which somebody is writing stays: what they send then is kept until they have signed in.
const { standing, signIn } = document.body.dataset;
let isWriting = false;
document.addEventListener("input", () => { isWriting = true; });
if (standing) {
  setInterval(async () => {
    if (isWriting) return;
    try {
      const answer = await fetch(standing, { headers: { "X-Luotsi-Passive": "1" }, cache: "no-store" });
      const here = window.location.pathname + window.location.search;
      if (answer.status === 401) window.location.replace(`${signIn}?next=${encodeURIComponent(here)}`);
    } catch { /* no network just now */ }
  }, 60_000);
}

// A kiosk goes back by itself when nobody touches it for a while; a sign of life begins the time anew. The page that
// asks whether anybody is there waits for its button.
const idle = document.querySelector("[data-idle-url]");
if (idle) {
  let timer;
  const begin = () => {
    clearTimeout(timer);
    timer = setTimeout(() => window.location.replace(idle.dataset.idleUrl), idle.dataset.idleSeconds * 1000);
  };
  begin();
  const signs = "idleFirm" in idle.dataset ? [] : ["pointerdown", "keydown", "input", "scroll"];
  for (const sign of signs) document.addEventListener(sign, begin, { passive: true });
}
