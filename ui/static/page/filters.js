// The filter: the bounds of the fold, and the documents chosen; each shown as a chip that takes it back.
import { find, flash, make, makeButton, onceDrawn, question } from "./dom.js";

const chosen = new Map(); // documents to ask only: id to title
const SEVERAL = 3; // documents that are told one by one
const boxes = () => [...document.querySelectorAll("#filters .pick ul input")];
const fields = () => [...document.querySelectorAll("#filters .bounds [name]")];
const bounds = () => fields().filter((field) => field.value);

// The filter as the server reads it.
export const wanted = () => JSON.stringify({
  ...Object.fromEntries(bounds().map((field) => [field.name, field.value])),
  documents: [...chosen.keys()],
});

// The filter as `restore` takes it.
export const chosenNow = () => JSON.stringify({ ...JSON.parse(wanted()), titles: [...chosen.values()] });

// The filter is drawn by the server, perhaps after the conversation.
export const filtersDrawn = () => onceDrawn(() => find("#filters .active"));

// Sets the filter that a conversation was last asked with; `kept` is JSON, with the documents' titles.
export async function restore(kept) {
  await filtersDrawn();
  const { documents = [], titles = [], ...values } = JSON.parse(kept || "{}");
  for (const field of fields()) field.value = values[field.name] ?? "";
  chosen.clear();
  documents.forEach((id, place) => chosen.set(id, titles[place] ?? id));
  show();
}

export function only(button) {
  chosen.set(button.dataset.only, button.dataset.title);
  show();
  flash(button);
}

// Asks only of the days that a bar stands for; of all again if that is so already.
export function onlyDays(bar) {
  const days = areChosen(bar) ? {} : JSON.parse(bar.dataset.days);
  for (const name of ["from", "to"]) find(`#filters .bounds [name=${name}]`).value = days[name] ?? "";
  show();
  question()?.focus();
}

function areChosen(bar) {
  const set = Object.fromEntries(fields().map((field) => [field.name, field.value]));
  return Object.entries(JSON.parse(bar.dataset.days)).every(([name, day]) => set[name] === day);
}

export function dropAll() {
  restore("");
  question()?.focus();
}

export function show() {
  const list = find("#filters .active");
  if (!list) return;
  const chips = bounds().map((field) => [told(field), () => { field.value = ""; }]);
  if (chosen.size > SEVERAL) chips.push([list.dataset.several.replace("#n", chosen.size), () => chosen.clear()]);
  else for (const [id, title] of chosen) chips.push([`${list.dataset.documents} ${title}`, () => chosen.delete(id)]);
  tick();
  for (const bar of document.querySelectorAll("[data-days]")) bar.ariaPressed = String(areChosen(bar));
  list.replaceChildren(...chips.map(([text, drop]) => chip(list, text, drop)));
}

// The boxes show what is chosen; that of a folder is half ticked where some of its documents are.
function tick() {
  for (const box of boxes()) box.checked = chosen.has(box.value);
  for (const folder of document.querySelectorAll("#filters [data-folder]")) {
    const own = [...folder.closest(".folder").querySelectorAll("ul input")];
    const ticked = own.filter((box) => box.checked).length;
    folder.checked = ticked === own.length;
    folder.indeterminate = ticked > 0 && ticked < own.length;
  }
}

// What a box that was clicked changes; without any that is ticked all documents are asked.
export function pick(box) {
  const changed = "folder" in box.dataset ? [...box.closest(".folder").querySelectorAll("ul input")] : [box];
  for (const each of changed) {
    if (box.checked) chosen.set(each.value, each.dataset.title);
    else chosen.delete(each.value);
  }
  show();
}

function chip(list, text, drop) {
  const item = make("li");
  const button = makeButton("bound", "");
  button.append(make("span", "", text));
  button.setAttribute("aria-label", `${list.dataset.drop}: ${text}`);
  button.addEventListener("click", () => { drop(); show(); (find("button", list) ?? question())?.focus(); });
  item.append(button);
  return item;
}

function told(field) {
  if (field.tagName === "SELECT") return field.selectedOptions[0].textContent;
  const label = find("#filters .active").dataset[field.name === "as_of" ? "asOf" : field.name];
  const day = new Date(`${field.value}T00:00`).toLocaleDateString(document.documentElement.lang, { dateStyle: "medium" });
  return `${label} ${day}`;
}
