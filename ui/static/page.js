// What the page does without asking the server: which script answers which click, key and change.
import { askAgain, begin, edit, followNewTurns, leaveAsItIs, replaced, stop } from "./page/asking.js";
import { hidePreview, leavePreview, light, showPreview } from "./page/citations.js";
import { confirmForgetting, forgotten, keep, ownConversations, pin, rename } from "./page/conversations.js";
import { confirmRemoval, restoreFile, view, watch } from "./page/documents.js";
import { copy, find, question } from "./page/dom.js";
import { dropAll, only, onlyDays, pick, restore, show, wanted } from "./page/filters.js";
import { showPlace } from "./page/finding.js";
import { giveReason, judge } from "./page/judging.js";
import { offer } from "./page/next.js";
import { closeReader, goTo, pageFailed, read, turnTo } from "./page/reader.js";
import { forget, relayToasts, remember, resume, serverLost } from "./page/resuming.js";
import { showEvent, step } from "./page/timeline.js";
import { follow } from "./page/under_way.js";
import { add, addOnceDrawn } from "./page/uploads.js";

window.hemeroteca = { wanted, restore, remember, forget, resume, serverLost, offer, forgotten, replaced, keep, ownConversations };

function cite(link) {
  light(link);
  link.classList.add("on");
  hidePreview();
  read(link);
}

const tab = (place) => document.querySelectorAll("#tabs button[role=tab]")[place]?.click();

// What a click on each does; the first that matches counts.
const BUTTONS = {
  "[data-ask]": askAgain,
  "[data-edit]": edit,
  "[data-copy]": (button) => copy(button, button.dataset.copy),
  "[data-link]": (button) => copy(button, new URL(button.dataset.link, location.href).href),
  "[data-event]": showEvent,
  "[data-only]": only,
  "[data-days]": onlyDays,
  "[data-place]": (button) => showPlace(button, button.closest(".reader")),
  "[data-verdict]": judge,
  "[data-reason]": (button) => giveReason(button.closest(".judge")),
  "[data-rename]": rename,
  "[data-pin]": pin,
  "[data-forget]": confirmForgetting,
  "[data-remove]": confirmRemoval,
  "[data-restore]": restoreFile,
  "[data-view]": view,
  "[data-watch]": watch,
  "[data-drop-filters]": dropAll,
  "[data-new]": begin,
  "[data-tab]": (button) => tab(Number(button.dataset.tab)),
};
// Links that open on the page itself, unless their reader wants them in a window of their own.
const LINKS = {
  "a.cite": cite,
  "a.open": read,
  "dialog .chip": goTo,
  "dialog [data-turn]": turnTo,
  ".skip": () => question()?.focus(),
};

const PREVIEWED = "a.cite, [data-note]";

function matching(handlers, element) {
  const selector = Object.keys(handlers).find((each) => element.closest?.(each));
  return selector && [handlers[selector], element.closest(selector)];
}

document.addEventListener("click", (event) => {
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  const found = matching(BUTTONS, event.target) ?? (plain && matching(LINKS, event.target));
  if (!found) return;
  const [act, element] = found;
  if (element.tagName === "A") event.preventDefault();
  act(element);
});

document.addEventListener("change", (event) => {
  if (event.target.matches?.("#add input[type=file]")) {
    add([...event.target.files]);
    event.target.value = ""; // so that the same file can be chosen again
  } else if (event.target.closest?.("#filters .pick")) pick(event.target);
  else if (event.target.closest?.("#filters")) show();
  else if (event.target.closest?.("#documents select")) view(event.target);
});

for (const [come, go] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
  document.addEventListener(come, (event) => {
    const link = event.target.closest?.(PREVIEWED);
    if (link) showPreview(link);
  });
  document.addEventListener(go, (event) => {
    if (event.target.closest?.(PREVIEWED)) leavePreview();
  });
}

document.addEventListener("keydown", (event) => {
  const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
  const inDialog = find("dialog:modal");
  if (event.key === "/" && !writing && !inDialog) {
    event.preventDefault();
    question()?.focus();
  } else if (event.key === "Enter" && event.target.closest?.(".judge input")) {
    event.preventDefault();
    giveReason(event.target.closest(".judge"));
  } else if (event.key.startsWith("Arrow") && event.target.matches?.(".dot")) {
    event.preventDefault();
    step(event.target, event.key === "ArrowRight" || event.key === "ArrowDown");
  } else if (event.key === "Escape" && !inDialog) {
    if (find("dialog.reading:focus-within")) closeReader();
    else if (!hidePreview() && !closeReader() && !leaveAsItIs()) stop();
  }
});

// Files may be dropped anywhere on the page.
for (const kind of ["dragover", "dragleave", "drop"])
  document.addEventListener(kind, (event) => {
    if (!event.dataTransfer?.types.includes("Files") || find("dialog:modal")) return;
    event.preventDefault();
    document.body.classList.toggle("dropping", kind === "dragover");
    if (kind !== "drop") return;
    tab(1);
    addOnceDrawn([...event.dataTransfer.files]);
  });

document.addEventListener("error", (event) => {
  if (event.target.matches?.(".pages img")) pageFailed(event.target);
}, true);

followNewTurns();
relayToasts();
follow();
