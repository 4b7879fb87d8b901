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

// Leaving quickly takes the page out of the browser's "back".
document.addEventListener("click", (event) => {
  const way = event.target.closest("a[data-leave]");
  if (!way) return;
  event.preventDefault();
  window.location.replace(way.href);
});

// What a page asks for by itself, without a press or a key, keeps nobody signed in.
document.addEventListener("htmx:configRequest", (event) => {
  if (!event.detail.triggeringEvent?.isTrusted) event.detail.headers["X-Luotsi-Passive"] = "1";
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
