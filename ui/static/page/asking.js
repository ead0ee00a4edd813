// Putting a question, from wherever one is offered, and bringing its answer into view.
import { find, scroll } from "./dom.js";
import { dropEcho, fill } from "./echo.js";

export const question = () => find("#question textarea");

export function ask(text) {
  if (!question()) return;
  find("#tabs button[role=tab]")?.click();
  fill(text);
  requestAnimationFrame(() => find("#question .submit-button")?.click());
}

export const stop = () => find("#question .stop-button")?.click();

export function begin() {
  sessionStorage.removeItem("conversation");
  location.assign(location.pathname);
}

// Whoever comes with a keyboard can write at once; on a phone the keyboard would cover the page.
export function welcome() {
  if (matchMedia("(hover: hover)").matches && document.activeElement === document.body)
    question()?.focus({ preventScroll: true });
}

// A new turn comes into view once, when it appears.
export function followNewTurns() {
  let shown = "";
  new MutationObserver(() => {
    const live = find("#live .turn");
    if (live && (live.ariaBusy || live.id !== shown)) dropEcho();
    if (!live || live.id === shown) return;
    shown = live.id;
    // The turn before moves into the history in the same update: scroll once both have been laid out.
    requestAnimationFrame(() => requestAnimationFrame(() => scroll(live, "start")));
  }).observe(document.documentElement, { childList: true, subtree: true });
}
