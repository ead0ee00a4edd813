// Light or dark, before anything is painted: the reader's own choice, else the system's.
(() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => localStorage.getItem("theme");
  const apply = () => {
    const dark = (chosen() ?? (system.matches ? "dark" : "light")) === "dark";
    document.documentElement.classList.toggle("dark", dark);
    document.body?.classList.toggle("dark", dark);
  };
  apply();
  system.addEventListener("change", apply);
  document.addEventListener("DOMContentLoaded", () => {
    apply();
    // Gradio sets its own class from the system's preference when it starts.
    new MutationObserver(() => {
      const dark = document.documentElement.classList.contains("dark");
      if (document.body.classList.contains("dark") !== dark) apply();
    }).observe(document.body, { attributes: true, attributeFilter: ["class"] });
    // Likewise the language, which is this page's and not the browser's.
    const root = document.documentElement;
    const language = root.lang;
    new MutationObserver(() => {
      if (root.lang !== language) root.lang = language;
    }).observe(root, { attributes: true, attributeFilter: ["lang"] });
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-switch]")) return;
    const dark = document.documentElement.classList.contains("dark");
    localStorage.setItem("theme", dark ? "light" : "dark");
    apply();
  });
})();
