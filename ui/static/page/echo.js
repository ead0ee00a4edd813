// The question as it stands in the conversation from the key press on, until the server's own turn takes its place.
import { find, make, question, reached, scroll } from "./dom.js";

const HEARTBEAT = 4_000; // milliseconds in which a server that is there answers

export const echoed = () => find("#echo");

// Whether the question is on its way now: it is not while another is being answered, nor if there is none.
export function echo(text) {
  const live = find("#live"), words = find("#notice .lost")?.dataset;
  if (!live || !words || !text.trim() || echoed() || find("#live [aria-busy]")) return false;
  const box = make("div", "echo"), state = make("p", "waiting"), dots = make("span", "dots");
  box.id = "echo";
  dots.setAttribute("aria-hidden", "true");
  dots.append(make("i"), make("i"), make("i"));
  state.setAttribute("role", "status");
  state.append(dots, make("span", "state", words.sending));
  box.append(make("p", "question", text), state);
  live.after(box);
  document.body.classList.add("asking");
  fill("");
  scroll(box, "start");
  return true;
}

export function sayOfEcho(what) {
  const state = find("#echo .state"), words = find("#notice .lost")?.dataset[what];
  if (state && words && state.textContent !== words) state.textContent = words;
}

export function dropEcho() {
  echoed()?.remove();
  document.body.classList.remove("asking");
}

// The text goes back into the box, unless its reader has begun to write something else.
export function giveBack() {
  const text = find("#echo .question").textContent;
  dropEcho();
  if (!question().value) fill(text);
}

export function fill(text) {
  const field = question();
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// Whether the server answers at all.
export async function isThere() {
  const response = await reached(fetch("../healthz", { cache: "no-store", signal: AbortSignal.timeout(HEARTBEAT) })
    .catch((error) => { if (error.name === "TimeoutError") return null; throw error; }));
  return Boolean(response?.ok);
}
