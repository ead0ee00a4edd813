// When the server that was answering is gone, Gradio loads the page again from one that is there, and the archive
// gives back what was answered. The question that was on its way is put again, once: a second loss may be its doing.
import { ask, question } from "./asking.js";
import { find } from "./dom.js";
import { chosenNow, restore, whenDrawn } from "./filters.js";

const ASKED = "asked"; // the question on its way, with its filter, and how many answers were there before
const LOST = "lost"; // set while the server is sought: what stands in the box meanwhile
const PATIENCE = 20_000; // milliseconds until a question must be seen to be worked on

const answers = () => document.querySelectorAll(".turn .judge").length;
const read = () => JSON.parse(sessionStorage.getItem(ASKED));
const write = (asked) => sessionStorage.setItem(ASKED, JSON.stringify(asked));

export function remember(text) {
  const again = read()?.text === text && read().again;
  const at = Date.now();
  write({ text, filter: chosenNow(), answers: answers(), again, at });
  if (!again) say("nothing");
  setTimeout(() => { if (read()?.at === at && !find("#live [aria-busy]")) leave(); }, PATIENCE);
}

export const forget = () => sessionStorage.removeItem(ASKED);

export const serverLost = () => sessionStorage.setItem(LOST, question()?.value ?? "");

// A proxy may have sent the question to one server while the page listens to another.
function leave() {
  serverLost();
  location.reload();
}

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
  const draft = sessionStorage.getItem(LOST), asked = read();
  sessionStorage.removeItem(LOST);
  forget();
  if (draft !== null) whenDrawn(() => goOn(asked && answers() <= asked.answers ? asked : null, draft));
}

function goOn(asked, draft) {
  if (asked) restore(asked.filter);
  if (asked && !asked.again) {
    say("again");
    write({ ...asked, again: true });
    ask(asked.text);
    return;
  }
  say(asked ? "twice" : "kept");
  question().value = asked ? asked.text : draft;
  question().dispatchEvent(new Event("input", { bubbles: true }));
  question().focus();
}

function say(what) {
  const line = find("#notice .lost");
  if (line) line.textContent = line.dataset[what] ?? "";
  else requestAnimationFrame(() => say(what));
}
