// What a reader thinks of an answer: kept at the click, with the reason once there is one.
import { find, reached } from "./dom.js";

export async function judge(button) {
  const panel = button.closest(".judge");
  if (!await sendVerdict(panel, button.dataset.verdict, "")) return;
  for (const thumb of panel.querySelectorAll("[data-verdict]"))
    thumb.setAttribute("aria-pressed", String(thumb === button));
  find(".thanks", panel).textContent = "";
  find(".reason", panel).hidden = false;
  find("input", panel).focus();
}

export async function giveReason(panel) {
  const verdict = find("[aria-pressed=true]", panel).dataset.verdict;
  if (!await sendVerdict(panel, verdict, find("input", panel).value)) return;
  find(".reason", panel).hidden = true;
  find(".thanks", panel).textContent = find(".thanks", panel).dataset.thanks;
  find("[aria-pressed=true]", panel).focus();
}

async function sendVerdict(panel, verdict, reason) {
  const kept = await put(panel.dataset.to, { verdict, reason });
  if (!kept) find(".thanks", panel).textContent = panel.dataset.failed;
  return kept;
}

async function put(address, value) {
  const headers = { "content-type": "application/json" };
  const response = await reached(fetch(address, { method: "PUT", headers, body: JSON.stringify(value) }));
  return Boolean(response?.ok);
}
