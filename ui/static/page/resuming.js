// When the server that was answering is gone, Gradio loads the page again from one that is there, and the archive
// gives back what was answered. The question that was on its way is put again, once: a second loss may be its doing.
import { ask, say, welcome } from "./asking.js";
import { find, question, scroll } from "./dom.js";
import { echo, echoed, fill, giveBack, isThere, sayOfEcho } from "./echo.js";
import { chosenNow, filtersDrawn, restore } from "./filters.js";

const ASKED = "asked"; // the question on its way, with its filter, and how many answers were there before
const LOST = "lost"; // set while the server is sought: what stands in the box meanwhile
const PATIENCE = 20_000; // milliseconds until a question must be seen to be worked on
const GLANCE = 3_000; // milliseconds between two looks at what has become of it
const LOSSES = ["Connection to the server was lost", "Connection errored out"]; // as Gradio tells them

const answers = () => document.querySelectorAll(".turn .judge").length;
const read = () => JSON.parse(sessionStorage.getItem(ASKED));
const write = (asked) => sessionStorage.setItem(ASKED, JSON.stringify(asked));

export function remember(text) {
  if (!echo(text)) return;
  const again = read()?.text === text && read().again;
  const at = Date.now();
  write({ text, filter: chosenNow(), answers: answers(), again, at });
  if (!again) say("nothing");
  watch(at);
}

const pause = (milliseconds) => new Promise((then) => setTimeout(then, milliseconds));

// While nothing is seen of the answer, its reader is told why, and the page is loaded again once that can help.
async function watch(at) {
  await pause(GLANCE);
  while (read()?.at === at && !find("#live [aria-busy]")) {
    const there = await isThere();
    if (there && Date.now() - at > PATIENCE) return leave();
    sayOfEcho(there ? "slow" : "away");
    await pause(GLANCE);
  }
}

// The question is done with, unless the server went away with it: then it is put again when there is one.
export async function forget() {
  if (echoed() && !await isThere()) return sayOfEcho("away");
  sessionStorage.removeItem(ASKED);
  if (echoed()) giveBack();
}

export const serverLost = () => sessionStorage.setItem(LOST, question()?.value ?? "");

// A proxy may have sent the question to one server while the page listens to another.
function leave() {
  serverLost();
  location.reload();
}

// What Gradio tells in a box over the page, the loss of the server in English, is told under the question instead, where
// it covers nothing; beside another tab it stays where it is.
export function relayToasts() {
  const relayed = new WeakSet(); // what is changed here is seen here again
  new MutationObserver(() => {
    const toast = find("[data-testid=toast-body]"), text = find("[data-testid=toast-text]", toast ?? document), line = find("#notice .lost");
    if (!text?.textContent || !line || relayed.has(toast)) return;
    relayed.add(toast);
    const isLoss = LOSSES.some((loss) => text.textContent.startsWith(loss));
    const words = isLoss ? line.dataset.wait : text.textContent;
    if (line.parentElement.checkVisibility()) {
      line.textContent = words;
      text.textContent = "";
      find("[data-testid=toast-close]", toast)?.click();
      if (!isLoss) forget();
    } else if (isLoss) {
      text.textContent = words;
      find(".toast-title", toast).textContent = line.dataset.title;
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
}

export function resume() {
  const draft = sessionStorage.getItem(LOST), asked = read();
  sessionStorage.removeItem(LOST);
  sessionStorage.removeItem(ASKED);
  welcome();
  scroll([...document.querySelectorAll("#history .turn")].at(-1), "start");
  if (draft !== null) filtersDrawn().then(() => goOn(asked && answers() <= asked.answers ? asked : null, draft));
}

async function goOn(asked, draft) {
  if (asked) await restore(asked.filter);
  if (asked && !asked.again) {
    say("again");
    write({ ...asked, again: true });
    ask(asked.text);
    return;
  }
  say(asked ? "twice" : "kept");
  fill(asked ? asked.text : draft);
  question().focus();
}
