// Small things every other script of the page uses. Text is set as text only, never as markup.
export const find = (selector, root = document) => root.querySelector(selector);

export const question = () => find("#question textarea");

// What `sought` finds, once the page has drawn it: it comes from the server piece by piece.
export async function onceDrawn(sought) {
  let drawn = sought();
  for (; !drawn; drawn = sought()) await new Promise(requestAnimationFrame);
  return drawn;
}

const calm = matchMedia("(prefers-reduced-motion: reduce)");

export const scroll = (element, block) =>
  element?.scrollIntoView({ block, behavior: calm.matches ? "auto" : "smooth" });

export function make(tag, className = "", text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

export function makeButton(className, text) {
  const button = make("button", className, text);
  button.type = "button";
  return button;
}

const flashing = new WeakSet();

// Says for a moment, in the button itself, that it has done what it is for, or what else `told` is.
export function flash(button, told = button.dataset.done) {
  if (flashing.has(button)) return;
  flashing.add(button);
  const label = button.textContent;
  button.textContent = told;
  setTimeout(() => { button.textContent = label; flashing.delete(button); }, 1500);
}

// Over plain http from another host a browser has no clipboard, and its reader may forbid it anywhere.
export async function copy(button, text) {
  const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
  flash(button, copied ? button.dataset.done : button.dataset.failed);
}

// Gradio's component around `element` hears of what its reader decided.
export const tell = (element, what, detail) =>
  element.dispatchEvent(new CustomEvent(`hemeroteca-${what}`, { detail, bubbles: true }));

// What `request` comes to, or null where the server cannot be reached.
export async function reached(request) {
  try {
    return await request;
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

// A dialog with a title, some lines, and two buttons; `then` is what the first of them does.
export function dialogOf(texts, lines, then) {
  const dialog = make("dialog", "confirm");
  const row = make("div", "row");
  const no = makeButton("close", texts.no);
  const yes = makeButton("close yes", texts.yes);
  const title = make("h2", "", texts.title);
  title.id = "confirm-title";
  dialog.setAttribute("aria-labelledby", title.id);
  row.append(no, yes);
  dialog.append(title, ...lines, row);
  no.addEventListener("click", () => dialog.close());
  yes.addEventListener("click", () => { dialog.close(); then(); });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return { yes, no };
}
