/* Mends what the theme's own scripts leave out for those who use the keyboard or listen. */
(() => {
  "use strict";
  const MODE = ".theme-switch-button";
  const words = JSON.parse(document.getElementById("book-words").textContent);

  // The theme takes the focus from its buttons when they are pressed, and tells nobody which colour mode is on.
  function name(button) {
    const shown = [...button.querySelectorAll("[data-mode]")].find((icon) => icon.dataset.mode === document.documentElement.dataset.mode);
    button.dataset.name ||= button.getAttribute("aria-label");
    if (shown) button.setAttribute("aria-label", `${button.dataset.name}: ${shown.title || shown.dataset.mode}`);
  }
  addEventListener("click", (event) => {
    const button = event.target.closest(`${MODE}, .sidebar-toggle`);
    if (button) setTimeout(() => { button.focus(); document.querySelectorAll(MODE).forEach(name); }, 50);
  });

  // A drawing or table that can be moved sideways must be reachable with the keyboard; one that fits must not be in the way.
  function reach() {
    document.querySelectorAll(".chart-drawing, .scroll-x, .pst-scrollable-table-container").forEach((box) => {
      const wide = box.scrollWidth > box.clientWidth;
      const name = (box.querySelector("caption") || box.closest("figure")?.querySelector(".chart-title"))?.textContent.trim();
      box.toggleAttribute("tabindex", false);
      if (wide) box.tabIndex = 0;
      // Where the focus stops, a listener must hear at what: a region with the name of the drawing or table.
      for (const [key, value] of [["role", "region"], ["aria-label", name && words.sideways.replace("{name}", () => name)]]) {
        if (wide && name) box.setAttribute(key, value); else box.removeAttribute(key);
      }
      if (!box.matches(".chart-drawing")) hint(box, wide);
    });
  }
  // The same words as above a drawing, for the eye; a listener has the name of the region.
  function hint(box, wide) {
    let line = box.previousElementSibling?.matches(".slide-hint") ? box.previousElementSibling : null;
    if (!line && wide) {
      line = Object.assign(document.createElement("p"), { className: "slide-hint", textContent: words.slide });
      line.setAttribute("aria-hidden", "true");
      box.before(line);
    }
    if (line) line.hidden = !wide;
  }
  addEventListener("load", () => { document.querySelectorAll(MODE).forEach(name); reach(); });
  addEventListener("resize", reach);
  addEventListener("toggle", reach, true);
})();
