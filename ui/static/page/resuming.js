// When the server that was answering is gone, Gradio loads the page again from one that is there, and the archive
// gives back what was answered. The question that was on its way is put again, once: a second loss may be its doing.
import { ask, question } from "./asking.js";
import { find } from "./dom.js";
import { chosenNow, restore, whenDrawn } from "./filters.js";

const ASKED = "asked"; // the question on its way, with its filter, and how many answers were there before
const LOST = "lost"; // set while the server is sought

const answers = () => document.querySelectorAll(".turn .judge").length;

export function remember(text) {
  const again = read()?.text === text && read().again;
  sessionStorage.setItem(ASKED, JSON.stringify({ text, filter: chosenNow(), answers: answers(), again }));
  if (!again) say("nothing");
}

export const forget = () => sessionStorage.removeItem(ASKED);

const read = () => JSON.parse(sessionStorage.getItem(ASKED));

export const serverLost = () => sessionStorage.setItem(LOST, "1");

// Gradio tells it in English.
export function translateLoss() {
  new MutationObserver(() => {
    const text = find("[data-testid=toast-text]"), words = find("#notice .lost")?.dataset;
    if (!words || !text?.textContent.startsWith("Connection to the server was lost")) return;
    text.textContent = words.wait;
    find(".toast-title").textContent = words.title;
  }).observe(document.documentElement, { childList: true, subtree: true });
}

export function resume() {
  const lost = sessionStorage.getItem(LOST), asked = read();
  sessionStorage.removeItem(LOST);
  forget();
  if (lost) whenDrawn(() => goOn(asked && answers() <= asked.answers ? asked : null));
}

function goOn(asked) {
  if (!asked) {
    say("kept");
    return;
  }
  restore(asked.filter);
  if (asked.again) {
    say("twice");
    question().value = asked.text;
    question().dispatchEvent(new Event("input", { bubbles: true }));
    question().focus();
    return;
  }
  say("again");
  sessionStorage.setItem(ASKED, JSON.stringify({ ...asked, again: true }));
  ask(asked.text);
}

function say(what) {
  const line = find("#notice .lost");
  if (line) line.textContent = line.dataset[what] ?? "";
  else requestAnimationFrame(() => say(what));
}
