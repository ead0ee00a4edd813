// Finding words in the document that is open: what matches is painted over, its text stays as it is.
import { make } from "./dom.js";

const MARKS = /\p{M}/gu;
const MOST = 2000; // places that are painted

// Each sign without case and accents, so that a place in the folded text is that place in the text.
const foldedText = (text) => Array.from({ length: text.length }, (_, at) => fold(text[at])).join("");
const fold = (sign) => {
  const plain = sign.normalize("NFD").replace(MARKS, "").toLowerCase();
  return plain.length === 1 ? plain : sign;
};

export function finder(reader, texts) {
  const text = reader.querySelector(".fulltext");
  if (!text || !CSS.highlights) return null;
  const box = make("search", "finder"), field = make("input"), told = make("span", "place");
  field.type = "search";
  field.placeholder = texts.find;
  field.setAttribute("aria-label", texts.find);
  told.setAttribute("role", "status");
  let places = [], at = 0;

  function show() {
    paint("found", places);
    paint("found-here", places.slice(at, at + 1));
    const counted = texts.found.replace("#n", at + 1).replace("#total", places.length);
    told.textContent = places.length ? counted : field.value.trim() && texts.notFound;
    if (places[at]) bringIntoView(places[at], reader.closest("dialog"));
  }
  field.addEventListener("input", () => { places = placesOf(text, field.value.trim()); at = 0; show(); });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (places.length) at = (at + (event.shiftKey ? -1 : 1) + places.length) % places.length;
    show();
  });
  box.append(field, told);
  return box;
}

function paint(name, ranges) {
  CSS.highlights.set(name, new Highlight(...ranges));
}

// A long document is one element: what is sought stands somewhere in it.
function bringIntoView(range, dialog) {
  const { top, bottom } = range.getBoundingClientRect();
  if (top < 80 || bottom > innerHeight - 40) dialog.scrollBy({ top: top - innerHeight / 2 });
}

// Brings words into view, the `nth` of the same that stand in the text, and paints them.
export function showPlace({ dataset: { place, nth } }, reader) {
  const range = placesOf(reader.querySelector(".fulltext"), place, (text) => text)[Number(nth)];
  if (!range) return;
  if (CSS.highlights) paint("found-here", [range]);
  bringIntoView(range, reader.closest("dialog"));
}

function placesOf(element, words, folded = foldedText) {
  if (!words) return [];
  const nodes = [], starts = [];
  let whole = "";
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    nodes.push(walker.currentNode);
    starts.push(whole.length);
    whole += walker.currentNode.data;
  }
  const sought = folded(words), text = folded(whole), places = [];
  for (let at = text.indexOf(sought); at >= 0 && places.length < MOST; at = text.indexOf(sought, at + sought.length)) {
    const range = new Range();
    range.setStart(...place(at));
    range.setEnd(...place(at + sought.length, true));
    places.push(range);
  }
  return places;

  // The node of an offset, and the offset in it; an end belongs to the node that it ends.
  function place(offset, ends = false) {
    const node = starts.findLastIndex((start) => (ends ? start < offset : start <= offset));
    return [nodes[node], offset - starts[node]];
  }
}
