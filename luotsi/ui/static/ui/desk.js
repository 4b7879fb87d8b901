// The worker's desk: keys for every row, ticks that survive a refresh, drafts that survive a lost connection.
"use strict";

const isTyping = (place) => place.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
let here = null; // the row in which the focus was last: what is pressed there may have been swapped away
document.addEventListener("focusin", (event) => { here = event.target.closest("table[data-rows] tbody tr") ?? here; });

// A key presses what carries it: in the row of the focus first, then anywhere on the page.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1 || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "?") {
    document.querySelector("dialog[data-keys]")?.showModal();
    event.preventDefault();
    return;
  }
  const wanted = `[data-key="${CSS.escape(event.key)}"]`;
  const row = here?.isConnected ? here : null;
  const target = row?.querySelector(wanted) ?? [...document.querySelectorAll(wanted)].find((one) => !one.closest("tr"));
  if (!target) return;
  if (target.matches("input[type=search]")) target.focus();
  else target.click();
  event.preventDefault();
});

// A list that is swapped for a newer one keeps its ticks; a matter that went to somebody else meanwhile loses its tick.
let ticked = [];
document.addEventListener("htmx:beforeSwap", () => {
  ticked = [...document.querySelectorAll("input[name=chosen]:checked")].map((box) => box.value);
});
document.addEventListener("htmx:afterSettle", () => {
  for (const box of document.querySelectorAll("input[name=chosen]")) if (ticked.includes(box.value)) box.checked = true;
});

// What could not be kept for want of a connection is tried again until it is; the page says so meanwhile.
const lost = (event) => {
  const place = event.detail.elt;
  if (!place.matches("[data-draft]")) return;
  place.textContent = place.dataset.lost;
  setTimeout(() => htmx.trigger(place, "draft-again"), 5_000);
};
let sending = false; // the form itself is on its way: a draft that came after it would be put back into the next one
document.addEventListener("submit", (event) => { if (!event.defaultPrevented) sending = true; });
addEventListener("pageshow", () => { sending = false; });
for (const what of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(what, lost);
document.addEventListener("htmx:responseError", (event) => { if (event.detail.xhr.status >= 500) lost(event); });
document.addEventListener("htmx:beforeRequest", (event) => {
  if (!event.detail.elt.matches("[data-draft]")) return;
  if (sending) event.preventDefault();
  else if (!navigator.onLine) { event.preventDefault(); lost(event); }
});

// Whoever leaves a matter is not on it any more.
addEventListener("pagehide", () => {
  const form = document.querySelector("form[data-presence]");
  if (!form) return;
  const told = new FormData(form);
  told.set("left", "1");
  navigator.sendBeacon(form.action, told);
});
