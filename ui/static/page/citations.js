// Citations: the marker's card and quote light up beside the answer, and a preview tells quote, title and date. Words
// that have a note show it alike.
import { find, make } from "./dom.js";

const GAP = 8; // pixels between a marker and its preview, and to the window's edge
const LINGER = 160; // milliseconds in which the pointer may move from the marker onto the preview

let preview = null;
let leaving = 0;

export function light(link) {
  const turn = link.closest(".turn");
  for (const lit of turn.querySelectorAll(".on")) lit.classList.remove("on");
  const quotes = [...turn.querySelectorAll(`mark.q[data-marker="${link.dataset.marker}"]`)];
  for (const quote of quotes) quote.classList.add("on");
  quotes[0]?.closest(".card").classList.add("on");
}

export function showPreview(link) {
  if (link.dataset.marker) light(link);
  clearTimeout(leaving);
  if (preview?.link === link) return;
  hidePreview();
  const content = contentOf(link);
  if (!content) return;
  const box = make("div", link.dataset.note ? "preview brief" : "preview");
  box.id = "preview";
  box.setAttribute("role", "tooltip");
  box.append(content);
  document.body.append(box);
  link.setAttribute("aria-describedby", box.id);
  box.addEventListener("mouseenter", () => clearTimeout(leaving));
  box.addEventListener("mouseleave", leavePreview);
  preview = { link, box };
  place(box, link.getBoundingClientRect());
}

function contentOf(link) {
  if (link.dataset.note) return document.createTextNode(link.dataset.note);
  return find(`template[data-quote="${link.dataset.marker}"]`, link.closest(".turn"))?.content.cloneNode(true);
}

export function leavePreview() {
  clearTimeout(leaving);
  leaving = setTimeout(hidePreview, LINGER);
}

// Whether there was one to hide.
export function hidePreview() {
  if (!preview) return false;
  preview.link.removeAttribute("aria-describedby");
  preview.box.remove();
  preview = null;
  return true;
}

// Below the marker, or above it where there is more room; never beyond the window's edge.
function place(box, marker) {
  const { width, height } = box.getBoundingClientRect();
  const left = Math.min(Math.max(GAP, marker.left - 24), innerWidth - width - GAP);
  const below = marker.bottom + GAP;
  const fits = below + height + GAP <= innerHeight || marker.top < height + 2 * GAP;
  box.style.left = `${left}px`;
  box.style.top = `${fits ? below : marker.top - height - GAP}px`;
}
