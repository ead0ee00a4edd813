// How far the archive has come with reading its documents, told under the name of the page while it lasts.
import { find, onceDrawn, reached, tell } from "./dom.js";

// Milliseconds between two looks: while there is something to tell, and else.
const WHILE_READING = 2_000, ELSE = 15_000;

export async function follow() {
  const line = await onceDrawn(() => find(".under-way"));
  setTimeout(follow, !document.hidden && await lookUp(line) ? WHILE_READING : ELSE);
}

async function lookUp(line) {
  const response = await reached(fetch(`../uploads/progress?lang=${document.documentElement.lang}`));
  if (!response?.ok) return "";
  const { told } = await response.json();
  const ended = !line.hidden && !told;
  line.textContent = told;
  line.hidden = !told;
  if (ended) tell(line, "settled");
  return told;
}
