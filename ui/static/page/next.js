// Questions to go on with, put under the answer that they come after. It is not drawn anew for them: its reader may
// have opened a fold of it, or stand on one of its citations.
import { find, make, makeButton } from "./dom.js";

export function offer(offered) {
  if (!offered) return;
  const { turn, title, questions } = JSON.parse(offered);
  const telling = find(`#live #turn-${turn} .telling`);
  if (!telling || find(".next", telling)) return;
  const box = make("div", "next"), heading = make("p", "", title), list = make("ul");
  heading.id = `next-${turn}`;
  list.setAttribute("aria-labelledby", heading.id);
  list.append(...questions.map(row));
  box.append(heading, list);
  telling.append(box);
}

function row({ asked, told }) {
  const line = make("li"), button = makeButton("", "");
  button.dataset.ask = asked;
  button.append(make("bdi", "", told));
  line.append(button);
  return line;
}
