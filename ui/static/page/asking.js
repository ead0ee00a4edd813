// Putting a question, from wherever one is offered, and bringing its answer into view.
import { find, onceDrawn, question, scroll } from "./dom.js";
import { dropEcho, fill } from "./echo.js";

let replacedTurn = ""; // the number of the kept turn that what is asked next takes the place of

// Told once: what is asked after that stands by itself.
export function replaced() {
  const number = replacedTurn;
  replacedTurn = "";
  return number;
}

const isLast = (turn) => turn === [...document.querySelectorAll(".turn")].at(-1);

// The last question is asked again in its place, any other one anew.
export function askAgain(button) {
  const turn = button.closest(".turn");
  replacedTurn = turn && isLast(turn) && Number(button.dataset.kept) ? button.dataset.kept : "";
  ask(button.dataset.ask);
}

export function edit(button) {
  replacedTurn = button.dataset.edit;
  fill(button.dataset.question);
  question().focus();
  say("editing");
}

// Whether there was something to leave as it was.
export function leaveAsItIs() {
  if (!replaced()) return false;
  fill("");
  say("nothing");
  return true;
}

// Under the box, in the words that the notice has for it; none for “nothing”.
export async function say(what) {
  const line = await onceDrawn(() => find("#notice .lost"));
  line.textContent = line.dataset[what] ?? "";
}

export function ask(text) {
  if (!question()) return;
  find("dialog:modal")?.close();
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
