/* Mends what the theme's own scripts leave out for those who use the keyboard or listen. */
(() => {
  "use strict";
  const MODE = ".theme-switch-button";

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
    document.querySelectorAll(".chart-drawing, .scroll-x").forEach((box) => {
      box.toggleAttribute("tabindex", false);
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    });
  }
  addEventListener("load", () => { document.querySelectorAll(MODE).forEach(name); reach(); });
  addEventListener("resize", reach);
  addEventListener("toggle", reach, true);
})();
