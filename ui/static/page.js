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
    const dialog = make("dialog", "confirm", "");
    const row = make("div", "row", "");
    const no = make("button", "close", texts.no);
    const yes = make("button", "close yes", texts.yes);
    const title = make("h2", "", texts.title);
    title.id = "confirm-title";
    dialog.setAttribute("aria-labelledby", title.id);
    row.append(no, yes);
    dialog.append(title, make("p", "which", button.dataset.title), make("p", "", texts.text));
    if (button.dataset.shared) dialog.append(make("p", "", button.dataset.shared));
    dialog.append(row);
    no.addEventListener("click", () => dialog.close());
    yes.addEventListener("click", () => {
      dialog.close();
      const detail = button.dataset.remove;
      button.dispatchEvent(new CustomEvent("hemeroteca-remove", { detail, bubbles: true }));
    });
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    no.focus();
  }

  async function copy(button) {
    await navigator.clipboard.writeText(button.dataset.copy);
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
    else if ((target = on("[data-copy]"))) copy(target);
    else if ((target = on("[data-remove]"))) confirmRemoval(target);
    else if (on("[data-new]")) { sessionStorage.removeItem("conversation"); location.reload(); }
    else if ((target = on("[data-tab]"))) document.querySelectorAll("#tabs button[role=tab]")[1]?.click();
    else if ((target = on(".skip"))) { event.preventDefault(); question()?.focus(); }
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
