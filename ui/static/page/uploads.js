// Files on their way to the archive: chosen or dropped, sent a few at a time, then taken in by their numbers.
import { find, make, onceDrawn, tell } from "./dom.js";

const AT_ONCE = 3;
const TOGETHER = 50; // that are taken in by one run
const waiting = []; // files and their rows
let sending = 0;
const sent = []; // rows of files that the server has, or has refused under a number

const box = () => find("#add .adding");

// The place for them is drawn when its tab is opened for the first time.
export const addOnceDrawn = (files) => onceDrawn(box).then(() => add(files));

export function add(files) {
  for (const file of files) {
    const row = make("li", "is-arriving"), bar = make("progress");
    bar.value = 0;
    row.append(make("bdi", "", file.name), bar);
    find(".uploads", box()).append(row);
    // A server that breaks off what is too large tells nothing.
    if (file.size > Number(box().dataset.largest)) say(row, "is-refused", box().dataset.tooLarge);
    else waiting.push({ file, row });
  }
  next();
}

function next() {
  while (sending < AT_ONCE && waiting.length) {
    sending++;
    send(waiting.shift());
  }
  if (sent.length >= TOGETHER || (sent.length && !sending)) takeIn();
}

// A fetch does not tell how much of it has gone.
function send({ file, row }) {
  const form = new FormData(), request = new XMLHttpRequest(), bar = find("progress", row);
  form.append("file", file, file.name);
  request.upload.addEventListener("progress", (event) => { bar.max = event.total; bar.value = event.loaded; });
  request.addEventListener("loadend", () => answered(request, { file, row }));
  request.open("POST", `../uploads?lang=${document.documentElement.lang}`);
  request.send(form);
}

function answered(request, { file, row }) {
  const pause = Number(request.getResponseHeader("retry-after"));
  if (request.status === 401) location.reload(); // the page itself leads to the login
  if (request.status === 429 && pause) {
    setTimeout(() => { sending--; waiting.unshift({ file, row }); next(); }, pause * 1000);
    return;
  }
  sending--;
  if (request.status === 201) keep(row, JSON.parse(request.responseText));
  else say(row, "is-refused", box().dataset.failed);
  next();
}

function keep(row, upload) {
  row.dataset.number = upload.number;
  say(row, upload.reason ? "is-refused" : "is-sent", upload.reason ?? box().dataset.sent);
  sent.push(row);
}

function say(row, state, words) {
  row.className = state;
  find("progress", row)?.replaceWith(make("span", "", words));
}

// From here on the report tells of them, as they were chosen: of those sent side by side any may come first.
function takeIn() {
  const together = new Set(sent.splice(0, TOGETHER));
  const rows = [...find(".uploads", box()).children].filter((row) => together.has(row));
  tell(box(), "arrive", rows.map((row) => Number(row.dataset.number)));
  for (const row of rows) row.remove();
}
