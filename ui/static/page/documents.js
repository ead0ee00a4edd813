// The documents panel: what its list shows, and removing a document after asking once.
import { dialogOf, find, make, tell } from "./dom.js";

// Tells the list what to show: its view as it is, with what `control` (a button or a field) changes in it.
export function view(control) {
  const change = control.dataset.view ? JSON.parse(control.dataset.view) : { [control.name]: control.value };
  const list = find("#documents [data-shown]");
  tell(list, "view", { ...JSON.parse(list.dataset.shown), page: 1, ...change });
}

// Has the folder watched from now on, or no longer.
export const watch = (control) => tell(control, "watch", control.getAttribute("aria-checked") !== "true");

export const restoreFile = (button) => tell(button, "restore", button.dataset.restore);

export function confirmRemoval(button) {
  const { title, text, yes, no } = find("#remove-texts").dataset;
  const lines = [make("p", "which", button.dataset.title)];
  if (button.dataset.about) lines.push(make("p", "about", button.dataset.about));
  lines.push(make("p", "", text));
  if (button.dataset.shared) lines.push(make("p", "", button.dataset.shared));
  dialogOf({ title, yes, no }, lines, () => tell(button, "remove", button.dataset.remove)).no.focus();
}
