// Kept conversations: a new title, or none any more, after asking once.
import { begin } from "./asking.js";
import { dialogOf, find, make, tell } from "./dom.js";

const MOST = 200; // that a browser remembers
const KEPT = "conversations"; // those that were held in this browser, the last one first

export const ownConversations = () => localStorage.getItem(KEPT) ?? "";

export function keep(id) {
  const others = ownConversations().split(" ").filter((each) => each && each !== id);
  localStorage.setItem(KEPT, [id, ...others].slice(0, MOST).join(" "));
}

export const pin = (button) => tell(button, "pin", { id: button.dataset.pin, pinned: button.ariaPressed !== "true" });

let forgottenId = ""; // which conversation is being deleted

const texts = () => find(".conversation-texts").dataset;

export function rename(button) {
  const { renameTitle, rename: yesText, no } = texts();
  const field = make("input", "field");
  field.value = button.dataset.title;
  field.maxLength = 80;
  field.setAttribute("aria-label", renameTitle);
  const { yes } = dialogOf({ title: renameTitle, yes: yesText, no }, [field], () => {
    tell(button, "rename", { id: button.dataset.rename, title: field.value });
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // else the key would press the button that has the focus next
    yes.click();
  });
  field.select();
}

export function confirmForgetting(button) {
  const { forgetTitle, forgetText, forget, no } = texts();
  const lines = [make("p", "which", button.dataset.title), make("p", "", forgetText)];
  const told = { title: forgetTitle, yes: forget, no };
  dialogOf(told, lines, () => {
    forgottenId = button.dataset.forget;
    tell(button, "forget", { id: forgottenId });
  }).no.focus();
}

// The conversation in sight leaves it once it is deleted.
export function forgotten() {
  if (forgottenId === sessionStorage.getItem("conversation")) begin();
}
