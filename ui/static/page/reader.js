// The reader: a document's own page, shown beside the conversation.
import { find, make, makeButton, reached, scroll } from "./dom.js";

// Opens the document that `link` leads to, at the quote that its address names after the #, else at the first.
export async function read(link) {
  const { close: closeText, failed } = find(".masthead").dataset;
  const dialog = make("dialog", "reading");
  dialog.setAttribute("aria-label", link.dataset.title ?? find("bdi", link)?.textContent ?? link.textContent);
  const close = makeButton("close", closeText);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => { dialog.remove(); link.focus({ preventScroll: true }); });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.append(close);
  document.body.append(dialog);
  dialog.showModal();
  dialog.append(await fetched(link.href, "main.reader") ?? make("p", "reader", failed));
  dialog.classList.toggle("paged", Boolean(find(".pages", dialog)));
  const quote = find(new URL(link.href).hash || "mark.q", dialog) ?? find("mark.q", dialog);
  quote?.classList.add("on");
  (quote ?? find("h1", dialog))?.focus({ preventScroll: true });
  quote?.scrollIntoView({ block: "center" });
}

// The part of a page, or null where the server cannot be reached or answers with something else, as to too many.
async function fetched(address, selector) {
  const response = await reached(fetch(address));
  if (!response) return null;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const part = find(selector, page);
  if (!part) return null;
  // Addresses are relative to the reader's own page, not to the one that shows it here.
  for (const [name, tag] of [["href", "a"], ["src", "img"]])
    for (const element of part.querySelectorAll(tag))
      element[name] = new URL(element.getAttribute(name), response.url).href;
  return document.adoptNode(part);
}

// Shows another quote of the document that is open, and the page it stands on.
export function goTo(chip) {
  const reader = chip.closest(".reader");
  const quote = find(new URL(chip.href).hash, reader);
  for (const lit of reader.querySelectorAll("mark.on")) lit.classList.remove("on");
  quote?.classList.add("on");
  scroll(quote, "center");
  if (chip.dataset.page && find(".pages", reader)) turnTo(chip);
}

// Shows another page as a picture: the part of the reader that shows pages is fetched anew.
export async function turnTo(link) {
  const pages = find(".pages", link.closest(".reader"));
  const address = new URL(link.href);
  if (link.dataset.page) address.searchParams.set("page", link.dataset.page);
  const turned = await fetched(address, ".pages");
  if (!turned) return;
  pages.replaceWith(turned);
  if (link.dataset.turn)
    find(`[data-turn="${link.dataset.turn}"], [data-turn]`, turned)?.focus({ preventScroll: true });
}

// A page that could not be drawn is told in words; the text beside it is all there.
export const pageFailed = (image) => image.replaceWith(make("p", "none", image.dataset.failed));
