// A board of times: what is booked is dragged to a free time, or picked up with m and carried with the arrow keys.
// Nothing is changed here: both lead to the page that says what would happen and asks.
"use strict";

for (const board of document.querySelectorAll("[data-board]")) {
  const told = board.querySelector("[data-told]");
  const say = (words) => { if (told) told.textContent = words; };
  let picked = null;

  const put = (entry) => {
    picked?.classList.remove("time-entry-picked");
    picked = entry;
    picked?.classList.add("time-entry-picked");
  };
  const lead = (from, to) => {
    const address = new URL(from.dataset.moves, location.href);
    address.searchParams.set("slot", to.dataset.slot);
    location.assign(address);
  };

  board.addEventListener("dragstart", (event) => {
    const entry = event.target.closest("[data-moves]");
    if (!entry) return;
    put(entry);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
  });
  board.addEventListener("dragend", () => put(null));
  board.addEventListener("dragover", (event) => {
    const to = event.target.closest("[data-slot]");
    if (!picked || !to) return;
    event.preventDefault();
    for (const other of board.querySelectorAll(".time-entry-over")) other.classList.remove("time-entry-over");
    to.classList.add("time-entry-over");
  });
  board.addEventListener("dragleave", (event) => event.target.closest?.("[data-slot]")?.classList.remove("time-entry-over"));
  board.addEventListener("drop", (event) => {
    const to = event.target.closest("[data-slot]");
    if (!picked || !to) return;
    event.preventDefault();
    lead(picked, to);
  });

  // The nearest entry in the direction of the key, by where the two stand on the page.
  const towards = (here, key) => {
    const from = here.getBoundingClientRect();
    const among = [...board.querySelectorAll(picked ? "[data-slot]" : "a.time-entry")].filter((one) => one !== here);
    const column = (one) => Number(one.dataset.column);
    const down = key === "ArrowDown", up = key === "ArrowUp", step = key === "ArrowRight" ? 1 : -1;
    const rows = among.filter((one) => {
      const top = one.getBoundingClientRect().top;
      if (down || up) return column(one) === column(here) && (down ? top > from.top : top < from.top);
      return (column(one) - column(here)) * step > 0;
    });
    const far = (one) => {
      const top = Math.abs(one.getBoundingClientRect().top - from.top);
      return down || up ? top : Math.abs(column(one) - column(here)) * 100000 + top;
    };
    return rows.sort((one, other) => far(one) - far(other))[0];
  };

  board.addEventListener("keydown", (event) => {
    const here = event.target.closest(".time-entry");
    if (!here || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "m" && here.dataset.moves && !picked) {
      put(here);
      for (const one of board.querySelectorAll("span[data-slot]")) one.tabIndex = 0;
      say(board.dataset.picked);
    } else if (event.key === "Escape" && picked) {
      picked.focus();
      put(null);
      say(board.dataset.putBack);
    } else if (event.key === "Enter" && picked && here.dataset.slot) {
      lead(picked, here);
    } else if (event.key.startsWith("Arrow")) {
      towards(here, event.key)?.focus();
    } else return;
    event.preventDefault();
  });
}
