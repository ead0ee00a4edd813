// The reader: a document's own page, shown beside the conversation.
import { find, make, makeButton, reached, scroll } from "./dom.js";
import { finder } from "./finding.js";

const BESIDE = matchMedia("(min-width: 1200px)"); // where there is room for the answer too

const texts = () => find(".masthead").dataset;

// Opens the document that `link` leads to, at the quote that its address names after the #, else at the first.
export async function read(link) {
  closeReader();
  const dialog = make("dialog", "reading"), bar = make("div", "bar");
  dialog.setAttribute("aria-label", link.dataset.title ?? find("bdi", link)?.textContent ?? link.textContent);
  const close = makeButton("close", texts().close);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    document.body.classList.toggle("beside", Boolean(find("dialog.reading")));
    link.focus({ preventScroll: true });
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  bar.append(close);
  dialog.append(bar);
  document.body.append(dialog);
  document.body.classList.toggle("beside", BESIDE.matches);
  if (BESIDE.matches) dialog.show();
  else dialog.showModal();
  const reader = await fetched(link.href, "main.reader") ?? make("p", "reader", texts().failed);
  dialog.append(reader);
  dialog.classList.toggle("paged", Boolean(find(".pages", dialog)));
  bar.prepend(...[stepper(reader), finder(reader, texts())].filter(Boolean));
  bringPageIntoView(reader);
  const quote = find(new URL(link.href).hash || "mark.q", dialog) ?? find("mark.q", dialog);
  light(reader, quote);
  (quote ?? find("h1", dialog))?.focus({ preventScroll: true });
  quote?.scrollIntoView({ block: "center" });
  await portray(reader, link.href, !quote);
}

function below(address, part) {
  const place = new URL(address);
  place.pathname += `/${part}`;
  place.hash = "";
  return place;
}

// What the document says as a whole comes after its text, and stands open where no quote is looked for.
async function portray(reader, address, open) {
  const header = find("header", reader);
  const portrait = header && await fetched(below(address, "portrait"), ".portrait");
  if (!portrait) return;
  portrait.addEventListener("toggle", async () => {
    const answered = await fetched(below(address, "questions"), ".answered");
    find(".answered", portrait)?.replaceWith(...[answered].filter(Boolean));
  }, { once: true });
  portrait.open = open;
  header.append(portrait);
}

// Whether there was one to close.
export function closeReader() {
  const dialog = find("dialog.reading");
  dialog?.close();
  return Boolean(dialog);
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

const chips = (reader) => [...reader.querySelectorAll("header .chip")];

// “Quote 2 of 6”, with the ways to the one before and the one behind; nothing where there are not several.
function stepper(reader) {
  if (chips(reader).length < 2) return null;
  const box = make("div", "stepper"), place = make("span", "place");
  place.setAttribute("role", "status");
  for (const [sign, label, by] of [["‹", texts().quoteBefore, -1], ["›", texts().quoteAfter, 1]]) {
    const button = makeButton("step", sign);
    button.setAttribute("aria-label", label);
    button.addEventListener("click", () => {
      const all = chips(reader);
      goTo(all[(all.findIndex((chip) => chip.ariaCurrent) + by + all.length) % all.length]);
    });
    box.append(button);
  }
  box.children[0].after(place);
  return box;
}

function light(reader, quote) {
  for (const lit of reader.querySelectorAll("mark.on")) lit.classList.remove("on");
  quote?.classList.add("on");
  const all = chips(reader);
  const at = all.findIndex((chip) => quote && new URL(chip.href).hash === `#${quote.id}`);
  all.forEach((chip, place) => { chip.ariaCurrent = place === at ? "true" : null; });
  const place = find(".stepper .place", reader.parentElement);
  if (place) place.textContent = texts().quoteOf.replace("#n", at + 1).replace("#total", all.length);
}

// Shows another quote of the document that is open, and the page it stands on.
export function goTo(chip) {
  const reader = chip.closest(".reader");
  const quote = find(new URL(chip.href).hash, reader);
  light(reader, quote);
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
  bringPageIntoView(turned);
  if (link.dataset.turn)
    find(`[data-turn="${link.dataset.turn}"], [data-turn]`, turned)?.focus({ preventScroll: true });
}

// Where the picture is larger than its place, it is shown from the quote on.
function bringPageIntoView(within) {
  const image = find(".sheet img", within);
  image?.addEventListener("load", () => {
    const sheet = image.parentElement;
    sheet.scrollTop = image.dataset.at * image.height - sheet.clientHeight / 2;
  }, { once: true });
}

// A page that could not be drawn is told in words; the text beside it is all there.
export const pageFailed = (image) => image.replaceWith(make("p", "none", image.dataset.failed));
