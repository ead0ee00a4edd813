// A dot of a timeline leads to its event.
import { scroll } from "./dom.js";

export function showEvent(dot) {
  const turn = dot.closest(".turn");
  for (const lit of turn.querySelectorAll(".timeline .on, .dot.on")) lit.classList.remove("on");
  const event = [...turn.querySelectorAll("[data-at]")].find((item) => item.dataset.at === dot.dataset.event);
  dot.classList.add("on");
  event.classList.add("on");
  event.focus({ preventScroll: true });
  scroll(event, "center");
}

// The arrow keys go from dot to dot.
export function step(dot, forward) {
  const dots = [...dot.parentElement.querySelectorAll(".dot")];
  const next = dots[dots.indexOf(dot) + (forward ? 1 : -1)];
  next?.focus();
}
