// How far the archive has come with reading its documents, told under the name of the page while it lasts.
import { find, reached, tell } from "./dom.js";

const WHILE_READING = 2_000, ELSE = 15_000; // milliseconds between two looks

export async function follow() {
  const told = document.hidden ? null : await lookUp();
  setTimeout(follow, told ? WHILE_READING : ELSE);
}

async function lookUp() {
  const response = await reached(fetch(`../uploads/progress?lang=${document.documentElement.lang}`));
  const line = find(".under-way");
  if (!response?.ok || !line) return null;
  const { told } = await response.json();
  const ended = !line.hidden && !told;
  line.textContent = told;
  line.hidden = !told;
  if (ended) tell(line, "settled");
  return told;
}
