// Applies the chosen theme before the first paint, so this script is loaded without `defer`. `site.js` adds the button.
"use strict";

document.documentElement.classList.add("js");
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") {
    document.documentElement.dataset.theme = theme;
  }
} catch {
  // Browsers may refuse storage to files. The theme then follows the system on each page.
}
