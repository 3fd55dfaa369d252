
"use strict";
(() => {
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[‘’]/g, "'").toLowerCase();
  const entries = [...document.querySelectorAll("article")].map((element) => ({
    element,
    text: folded(element.textContent),
    // What is said outright and what hangs on a condition are never one and the same to the filter.
    stances: new Set([...element.querySelectorAll("[data-stance]")].map(
      (one) => `${one.dataset.stance} ${one.dataset.sign}`)),
    kind: element.dataset.kind,
  }));
  const NONE = "no position";
  const EVENT = "event";
  const UNKNOWN = "record not saved";
  for (const entry of entries) {
    if (entry.kind === "event") entry.stances.add(EVENT);
    else if (entry.kind === "unknown") entry.stances.add(UNKNOWN);
    else if (!entry.stances.size) entry.stances.add(NONE);
  }
  const counts = new Map();
  for (const entry of entries) for (const one of entry.stances) counts.set(one, (counts.get(one) || 0) + 1);
  const search = document.getElementById("search");
  const count = document.getElementById("count");
  const boxes = [...counts.keys()].sort((a, b) => a.localeCompare(b)).map((stance) => {
    const box = document.createElement("input");
    box.type = "checkbox";
    box.value = stance;
    const label = document.createElement("label");
    label.append(box, ` ${stance} (${counts.get(stance)})`);
    document.getElementById("stances").append(label);
    return box;
  });
  const show = () => {
    const words = folded(search.value).split(/\s+/).filter(Boolean);
    const wanted = boxes.filter((box) => box.checked).map((box) => box.value);
    let shown = 0;
    for (const entry of entries) {
      const fits = words.every((word) => entry.text.includes(word)) &&
        (!wanted.length || wanted.some((stance) => entry.stances.has(stance)));
      entry.element.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    count.value = shown === entries.length ? `${entries.length} shown` : `${shown} of ${entries.length} shown`;
  };
  const controls = document.getElementById("controls");
  controls.addEventListener("input", show);
  controls.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== search) {
      event.preventDefault();
      search.focus();
    }
  });
  controls.hidden = false;
  show();
})();
