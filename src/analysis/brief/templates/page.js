"use strict";
(() => {
  const root = document.documentElement;
  const view = document.getElementById("view");
  const held = view.querySelector(".held");

  const open = (node, wide) => {
    const copy = node.cloneNode(true);
    copy.removeAttribute("id");
    held.replaceChildren(copy);
    view.classList.toggle("wide", wide);
    view.showModal();
  };

  const value = (row, at) => {
    const cell = row.cells[at];
    return cell.dataset.sort ?? cell.textContent.trim();
  };

  const compare = (a, b) => {
    const [x, y] = [Number(a), Number(b)];
    if (a !== "" && b !== "" && !Number.isNaN(x) && !Number.isNaN(y)) return x - y;
    return a.localeCompare(b, root.lang);
  };

  const sort = (head) => {
    const table = head.closest("table");
    const at = [...head.parentNode.cells].indexOf(head);
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of head.parentNode.cells) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const empty = (row) => ["", "—"].includes(value(row, at));
    const rows = [...table.tBodies[0].rows];
    rows.sort((a, b) => empty(a) - empty(b) || compare(value(a, at), value(b, at)) * (down ? -1 : 1));
    table.tBodies[0].append(...rows);
  };

  for (const head of document.querySelectorAll("table thead th")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.replaceChildren(button);
    head.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => sort(head));
  }

  const tools = {
    code: (button) => button.setAttribute("aria-pressed", String(document.body.classList.toggle("with-code"))),
    theme: () => {
      const now = root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
      root.dataset.theme = now === "dark" ? "light" : "dark";
    },
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.src");
    const source = link && document.getElementById(link.hash.slice(1));
    if (source) {
      event.preventDefault();
      open(source, false);
      return;
    }
    const drawing = event.target.closest("main .drawing");
    if (drawing) open(drawing, true);
    const button = event.target.closest("[data-do]");
    if (button) tools[button.dataset.do](button);
    if (event.target === view) view.close();
  });

  const filter = (field) => {
    const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    const table = field.dataset.search ? document.querySelector(field.dataset.search) : field.parentNode.querySelector("table");
    for (const row of table.tBodies[0].rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !wanted.every((word) => text.includes(word));
      left += row.hidden ? 0 : 1;
    }
    const none = field.dataset.search && document.getElementById("none");
    if (none) none.hidden = left > 0;
  };

  for (const field of document.querySelectorAll("[data-search]")) field.addEventListener("input", () => filter(field));

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("main .drawing")) open(event.target, true);
  });
})();
