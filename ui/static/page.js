// What the page does without asking the server: citations, the reader, copying, keys. Text is set as text only.
(() => {
  const find = (selector, root = document) => root.querySelector(selector);
  const question = () => find("#question textarea");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const scroll = (element, block) =>
    element?.scrollIntoView({ block, behavior: calm.matches ? "auto" : "smooth" });

  function make(tag, className, text) {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    return element;
  }

  function ask(text) {
    const field = question();
    if (!field) return;
    find("#tabs button[role=tab]")?.click();
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    requestAnimationFrame(() => find("#question .submit-button")?.click());
  }

  // The filter: the bounds of the fold, and the documents chosen; each shown as a chip that takes it back.
  const chosen = new Map(); // documents to ask only: id to title
  const bounds = () => [...document.querySelectorAll("#filters .bounds [name]")].filter((field) => field.value);

  window.hemeroteca = {
    wanted: () => JSON.stringify({
      ...Object.fromEntries(bounds().map((field) => [field.name, field.value])),
      documents: [...chosen.keys()],
    }),
  };

  function told(field) {
    const label = find("#filters .active").dataset[field.name === "as_of" ? "asOf" : field.name];
    if (field.tagName === "SELECT") return field.selectedOptions[0].textContent;
    const day = new Date(`${field.value}T00:00`).toLocaleDateString(document.documentElement.lang, { dateStyle: "medium" });
    return `${label} ${day}`;
  }

  function showFilter() {
    const list = find("#filters .active");
    const chips = bounds().map((field) => [told(field), () => { field.value = ""; }]);
    for (const [id, title] of chosen) chips.push([`${list.dataset.documents} ${title}`, () => chosen.delete(id)]);
    list.replaceChildren(...chips.map(([text, drop]) => {
      const item = make("li", "", "");
      const button = make("button", "bound", text);
      button.type = "button";
      button.setAttribute("aria-label", `${list.dataset.drop}: ${text}`);
      button.addEventListener("click", () => { drop(); showFilter(); (find("button", list) ?? question())?.focus(); });
      item.append(button);
      return item;
    }));
  }

  function only(button) {
    chosen.set(button.dataset.only, button.dataset.title);
    showFilter();
    flash(button);
  }

  // Citations: the marker's card and quote light up beside the answer.
  function light(turn, marker, on) {
    for (const lit of turn.querySelectorAll(".on")) lit.classList.remove("on");
    if (!on) return [];
    const quotes = [...turn.querySelectorAll(`mark.q[data-marker="${marker}"]`)];
    for (const quote of quotes) quote.classList.add("on");
    quotes[0]?.closest(".card").classList.add("on");
    return quotes;
  }

  function cite(link) {
    const turn = link.closest(".turn");
    const [first] = light(turn, link.dataset.marker, true);
    link.classList.add("on");
    scroll(first, "center");
  }

  // A dot of a timeline leads to its event.
  function showEvent(dot) {
    const turn = dot.closest(".turn");
    for (const lit of turn.querySelectorAll(".timeline .on, .dot.on")) lit.classList.remove("on");
    const event = [...turn.querySelectorAll("[data-at]")].find((item) => item.dataset.at === dot.dataset.event);
    dot.classList.add("on");
    event.classList.add("on");
    event.focus({ preventScroll: true });
    scroll(event, "center");
  }

  // The reader: a document's own page, shown beside the conversation.
  async function read(link) {
    const texts = find(".masthead").dataset;
    const dialog = make("dialog", "reading", "");
    dialog.setAttribute("aria-label", link.closest(".card, tr")?.querySelector("bdi")?.textContent ?? "");
    const close = make("button", "close", texts.close);
    close.type = "button";
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => { dialog.remove(); link.focus(); });
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    dialog.append(close);
    document.body.append(dialog);
    dialog.showModal();
    dialog.append(await fetched(link.href) ?? make("p", "reader", texts.failed));
    const wanted = link.dataset.marker ?? "";
    const quote = find(wanted ? `#quote-${wanted}` : "mark.q", dialog);
    quote?.classList.add("on");
    (quote ?? find("h1", dialog))?.focus({ preventScroll: true });
    quote?.scrollIntoView({ block: "center" });
  }

  async function fetched(address) {
    try {
      const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
      return document.adoptNode(find("main.reader", page));
    } catch (error) {
      if (error instanceof TypeError) return null; // the server cannot be reached
      throw error;
    }
  }

  // Removing a document: ask once, in a dialog, then tell the list's component.
  function confirmRemoval(button) {
    const texts = find("#remove-texts").dataset;
    const lines = [make("p", "which", button.dataset.title), make("p", "", texts.text)];
    if (button.dataset.shared) lines.push(make("p", "", button.dataset.shared));
    const { no } = dialogOf(texts, lines, () => tell(button, "remove", button.dataset.remove));
    no.focus();
  }

  // A dialog with a title, some lines, and two buttons; `then` is what the first of them does.
  function dialogOf(texts, lines, then) {
    const dialog = make("dialog", "confirm", "");
    const row = make("div", "row", "");
    const no = make("button", "close", texts.no);
    const yes = make("button", "close yes", texts.yes);
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

  // Gradio's component around `element` hears of what its reader decided.
  const tell = (element, what, detail) =>
    element.dispatchEvent(new CustomEvent(`hemeroteca-${what}`, { detail, bubbles: true }));

  // Kept conversations.
  const conversationTexts = () => find("#conversation-texts").dataset;

  function rename(button) {
    const texts = conversationTexts();
    const field = make("input", "field", "");
    field.value = button.dataset.title;
    field.maxLength = 80;
    field.setAttribute("aria-label", texts.renameTitle);
    const told = { title: texts.renameTitle, yes: texts.rename, no: texts.no };
    const { yes } = dialogOf(told, [field], () => {
      tell(button, "rename", { id: button.dataset.rename, title: field.value });
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // else the key would press the button that has the focus next
      yes.click();
    });
    field.select();
  }

  function confirmForgetting(button) {
    const texts = conversationTexts();
    const id = button.dataset.forget;
    const told = { title: texts.forgetTitle, yes: texts.forget, no: texts.no };
    const lines = [make("p", "which", button.dataset.title), make("p", "", texts.forgetText)];
    const { no } = dialogOf(told, lines, () => tell(button, "forget", { id }));
    no.focus();
  }

  // What a reader thinks of an answer: kept at the click, with the reason once there is one.
  async function judge(button) {
    const panel = button.closest(".judge");
    if (!await sendVerdict(panel, button.dataset.verdict, "")) return;
    for (const thumb of panel.querySelectorAll("[data-verdict]"))
      thumb.setAttribute("aria-pressed", String(thumb === button));
    find(".thanks", panel).textContent = "";
    find(".reason", panel).hidden = false;
    find("input", panel).focus();
  }

  async function giveReason(panel) {
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
    try {
      return (await fetch(address, { method: "PUT", headers, body: JSON.stringify(value) })).ok;
    } catch (error) {
      if (error instanceof TypeError) return false; // the server cannot be reached
      throw error;
    }
  }

  async function copy(button, text) {
    await navigator.clipboard.writeText(text);
    flash(button);
  }

  function flash(button) {
    const label = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = label; }, 1500);
  }

  document.addEventListener("click", (event) => {
    const on = (selector) => event.target.closest?.(selector);
    const plainClick = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    let target;
    if ((target = on("[data-ask]"))) ask(target.dataset.ask);
    else if ((target = on("a.cite"))) { event.preventDefault(); cite(target); }
    else if ((target = on("a.open")) && plainClick) { event.preventDefault(); read(target); }
    else if ((target = on("dialog .chip"))) {
      event.preventDefault();
      scroll(find(target.getAttribute("href"), target.closest("dialog")), "center");
    }
    else if ((target = on("[data-copy]"))) copy(target, target.dataset.copy);
    else if ((target = on("[data-link]"))) copy(target, new URL(target.dataset.link, location.href).href);
    else if ((target = on("[data-event]"))) showEvent(target);
    else if ((target = on("[data-only]"))) only(target);
    else if ((target = on("[data-verdict]"))) judge(target);
    else if ((target = on("[data-reason]"))) giveReason(target.closest(".judge"));
    else if ((target = on("[data-rename]"))) rename(target);
    else if ((target = on("[data-forget]"))) confirmForgetting(target);
    else if ((target = on("[data-remove]"))) confirmRemoval(target);
    else if (on("[data-new]")) { sessionStorage.removeItem("conversation"); location.assign(location.pathname); }
    else if ((target = on("[data-tab]"))) document.querySelectorAll("#tabs button[role=tab]")[1]?.click();
    else if ((target = on(".skip"))) { event.preventDefault(); question()?.focus(); }
  });

  document.addEventListener("change", (event) => {
    if (event.target.closest?.("#filters")) showFilter();
  });

  document.addEventListener("mouseover", (event) => {
    const link = event.target.closest?.("a.cite");
    if (link) light(link.closest(".turn"), link.dataset.marker, true);
  });

  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !writing && !find("dialog[open]")) {
      event.preventDefault();
      question()?.focus();
    } else if (event.key === "Enter" && event.target.closest?.(".judge input")) {
      event.preventDefault();
      giveReason(event.target.closest(".judge"));
    } else if (event.key === "Escape" && !find("dialog[open]")) {
      find("#question .stop-button")?.click();
    }
  });

  // A new turn comes into view once, when it appears.
  let shown = "";
  new MutationObserver(() => {
    const live = find("#live .turn");
    if (!live || live.id === shown) return;
    shown = live.id;
    // The turn before moves into the history in the same update: scroll once both have been laid out.
    requestAnimationFrame(() => requestAnimationFrame(() => scroll(live, "start")));
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
