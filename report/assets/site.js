// The behaviour of every page: theme button, sortable tables, filters. Pages are complete without it.
"use strict";

// The theme follows the system until the button is pressed.
{
  const page = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const current = () => page.dataset.theme ?? (dark.matches ? "dark" : "light");

  const button = document.createElement("button");
  button.type = "button";
  button.className = "theme-button";
  const icon = document.createElement("span");
  icon.setAttribute("aria-hidden", "true");
  button.append(icon);
  const update = () => {
    const isDark = current() === "dark";
    icon.textContent = isDark ? "☀" : "☾";
    button.setAttribute("aria-label", isDark ? "Use the light theme" : "Use the dark theme");
    button.title = button.getAttribute("aria-label");
  };
  button.addEventListener("click", () => {
    page.dataset.theme = current() === "dark" ? "light" : "dark";
    try {
      localStorage.setItem("theme", page.dataset.theme);
    } catch {
      // Without storage the theme is kept for this page only.
    }
    update();
  });
  dark.addEventListener("change", update);
  update();
  document.querySelector("body > header")?.append(button);
}

// Tables of class `sortable`: each header cell becomes a button, unless it has `data-sort="none"`. A cell is compared by its
// `data-value` or else its text; as a number below a header with `data-sort="number"`.
{
  const collator = new Intl.Collator("en", { numeric: true });
  const text = (cell) => cell?.dataset.value ?? cell?.textContent.trim() ?? "";
  const number = (cell) => {
    const value = Number.parseFloat(text(cell).replaceAll(/[,\s]/g, ""));
    return Number.isNaN(value) ? -Infinity : value;
  };

  const sort = (body, column, numeric, direction) => {
    const rows = Array.from(body.rows, (row) => ({
      row,
      value: (numeric ? number : text)(row.cells[column]),
    }));
    rows.sort((a, b) => {
      const order = numeric ? Math.sign(a.value - b.value) || 0 : collator.compare(a.value, b.value);
      return direction * order;
    });
    body.append(...rows.map(({ row }) => row));
  };

  for (const table of document.querySelectorAll("table.sortable")) {
    const headers = Array.from(table.tHead?.rows[0]?.cells ?? []);
    headers.forEach((header, column) => {
      if (header.dataset.sort === "none" || header.textContent.trim() === "") {
        return;
      }
      const button = document.createElement("button");
      button.type = "button";
      button.append(...header.childNodes);
      header.append(button);
      button.addEventListener("click", () => {
        const descending = header.getAttribute("aria-sort") === "ascending";
        for (const other of headers) {
          other.removeAttribute("aria-sort");
        }
        header.setAttribute("aria-sort", descending ? "descending" : "ascending");
        for (const body of table.tBodies) {
          sort(body, column, header.dataset.sort === "number", descending ? -1 : 1);
        }
      });
    });
  }
}

// Elements with `data-filter="ID"` filter the rows of the table, or the items of the list, with that id: an input by text, a
// select with `data-filter-by="class"` by the values in the `data-class` of a row. All conditions must hold.
{
  const controls = new Map();
  for (const control of document.querySelectorAll("[data-filter]")) {
    const id = control.dataset.filter;
    controls.set(id, [...(controls.get(id) ?? []), control]);
  }

  for (const [id, group] of controls) {
    const target = document.getElementById(id);
    if (!target) {
      continue;
    }
    const rows = target.tBodies
      ? Array.from(target.tBodies).flatMap((body) => Array.from(body.rows))
      : Array.from(target.children);
    const items = rows.map((row) => ({ row, text: null }));

    let count = document.querySelector(`[data-count="${CSS.escape(id)}"]`);
    if (!count) {
      count = document.createElement("output");
      group.at(-1).after(count);
    }
    count.classList.add("count");
    count.setAttribute("role", "status");
    count.setAttribute("aria-live", "polite");

    const apply = () => {
      const words = [];
      const values = [];
      for (const control of group) {
        const value = control.value.trim();
        if (value === "") {
          continue;
        }
        if (control.dataset.filterBy) {
          values.push([control.dataset.filterBy, value]);
        } else {
          words.push(...value.toLowerCase().split(/\s+/));
        }
      }
      let shown = 0;
      for (const item of items) {
        item.text ??= item.row.textContent.toLowerCase();
        const matches =
          words.every((word) => item.text.includes(word)) &&
          values.every(([name, value]) => (item.row.dataset[name] ?? "").split(/\s+/).includes(value));
        item.row.hidden = !matches;
        shown += matches;
      }
      count.textContent = shown === items.length ? `${shown} rows` : `${shown} of ${items.length} rows`;
    };
    for (const control of group) {
      control.addEventListener("input", apply);
    }
    // Browsers fill in the controls again when the reader comes back to a page.
    addEventListener("pageshow", apply);
  }
}

// A container that scrolls is reached by keyboard, too.
{
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
    }
  });
  for (const container of document.querySelectorAll("div.scroll")) {
    observer.observe(container);
  }
}
