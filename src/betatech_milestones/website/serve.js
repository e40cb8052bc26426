"use strict";
// Loads the page again when there is another, with what was unfolded unfolded, at the same place.
(() => {
  const { shown, from } = document.currentScript.dataset;
  const KEPT = `kept:${location.pathname}`;
  const folds = () => [...document.querySelectorAll("details")];
  const name = (fold) => (fold.closest("[id]")?.id ?? "") + fold.querySelector("summary").textContent;

  let line;
  function follow() {
    line?.close();
    // A browser has six lines to a server: a page that nobody looks at lets go of its own.
    line = document.hidden ? null : new EventSource(from);
    line?.addEventListener("message", ({ data }) => data === shown || loadAgain());
  }
  function loadAgain() {
    document.removeEventListener("visibilitychange", follow);
    const open = folds().filter((fold) => fold.open).map(name);
    sessionStorage.setItem(KEPT, JSON.stringify({ open, at: scrollY }));
    // A browser keeps the text where it is: at the top that would hide what comes above it.
    history.scrollRestoration = scrollY > 0 ? "auto" : "manual";
    location.reload();
  }
  document.addEventListener("visibilitychange", follow);
  follow();

  document.addEventListener("DOMContentLoaded", () => {
    const kept = JSON.parse(sessionStorage.getItem(KEPT));
    sessionStorage.removeItem(KEPT);
    if (!kept) return;
    for (const fold of folds()) fold.open ||= kept.open.includes(name(fold));
    scrollTo({ top: kept.at, behavior: "instant" });
  });
})();
