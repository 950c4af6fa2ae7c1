"use strict";
(() => {
  const root = document.documentElement;
  const view = document.getElementById("view");
  const held = view.querySelector(".held");

  const open = (wide, ...nodes) => {
    held.replaceChildren(...nodes);
    view.classList.toggle("wide", wide);
    if (!view.open) view.showModal();
  };

  const copied = (node) => {
    const copy = node.cloneNode(true);
    copy.removeAttribute("id");
    return copy;
  };

  const made = (name, kind, ...inner) => {
    const node = document.createElement(name);
    if (kind) node.className = kind;
    node.append(...inner);
    return node;
  };

  const told = (text, ...values) => values.reduce((said, value, at) => said.replace(`{${at}}`, value), text);

  const held_plans = JSON.parse(document.getElementById("plans")?.textContent || "{}");
  const say = held_plans.words;

  // One plan, unpacked: its text and raw text as lists of characters, so that places count as they do in the frames.
  const unpacked = async (at) => {
    const plan = held_plans.plans[at];
    if (plan.text) return plan;
    const bytes = Uint8Array.from(atob(plan.data), (sign) => sign.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    const read = JSON.parse(await new Response(stream).text());
    plan.text = Array.from(read.text);
    plan.marks = read.marks;
    plan.raw = [];
    plan.spans = [];
    for (const piece of read.raw) {
      const raw = typeof piece === "string" ? Array.from(piece) : piece.length === 3 ? Array.from(piece[2]) : plan.text.slice(...piece);
      if (typeof piece !== "string") plan.spans.push([piece[0], piece[1], plan.raw.length, plan.raw.length + raw.length]);
      for (const sign of raw) plan.raw.push(sign);
    }
    return plan;
  };

  // The span of the raw text that a span of the clean text came from.
  const before = (plan, start, end) => {
    const cut = plan.spans.filter(([a, b]) => b > start && a < end);
    const ends = cut.map(([a, b, c, d]) => (b - a === d - c ? [c + Math.max(start, a) - a, c + Math.min(end, b) - a] : [c, d]));
    return ends.length ? [Math.min(...ends.map((e) => e[0])), Math.max(...ends.map((e) => e[1]))] : [0, 0];
  };

  const marked = (letters, marks, start, end, from, to) => {
    const whole = made("div", "plan");
    const edges = new Set([0, start, end, from, to, letters.length]);
    for (const [a, b] of marks) edges.add(a).add(b);
    const at = [...edges].sort((a, b) => a - b);
    at.forEach((a, n) => {
      for (const [, , kind, said] of marks.filter((mark) => mark[0] === a && mark[2] === "gone")) {
        const gone = made("span", kind, "[…]");
        gone.title = said;
        whole.append(gone);
      }
      const b = at[n + 1];
      if (b === undefined || b > letters.length) return;
      let node = document.createTextNode(letters.slice(a, b).join(""));
      const over = marks.find((mark) => mark[2] !== "gone" && mark[0] <= a && mark[1] >= b);
      if (over) {
        node = made("span", over[2], node);
        node.title = over[3];
      }
      if (a >= start && b <= end) node = made("mark", "", node);
      else if (a >= from && b <= to) node = made("span", "sentence", node);
      whole.append(node);
    });
    return whole;
  };

  const legend = (plan) => {
    const seen = ["repair", "gone", "mask"].map((kind) => [kind, plan.marks.filter((mark) => mark[2] === kind).length]).filter((pair) => pair[1]);
    const parts = [say.cited, ...seen.map(([kind, n]) => told(say[kind], n)), ...(seen.length ? [say.point] : [])];
    return parts.join(root.lang === "en" ? "; " : "；");
  };

  const show = (plan, start, end, from = start, to = end, list = "") => {
    let raw = false;
    const holder = made("div", "holder");
    holder.tabIndex = 0;
    holder.setAttribute("role", "region");
    holder.setAttribute("aria-label", say.text);
    holder.lang = "zh-CN";
    const turn = made("button", "", say.raw);
    const back = made("button", "", say.back);
    const list_of = made("button", "", say.list);
    const scroll = () => holder.querySelector("mark")?.scrollIntoView({ block: "center" });
    const fill = () => {
      const places = raw ? [...before(plan, start, end), ...before(plan, from, to)] : [start, end, from, to];
      holder.replaceChildren(raw ? marked(plan.raw, [], ...places) : marked(plan.text, plan.marks, ...places));
      turn.setAttribute("aria-pressed", String(raw));
      scroll();
    };
    turn.type = back.type = list_of.type = "button";
    list_of.addEventListener("click", () => several(list));
    turn.addEventListener("click", () => {
      raw = !raw;
      fill();
    });
    back.addEventListener("click", scroll);
    const place = told(say.place, start, end, plan.text.length) + (plan.file ? ` · ${plan.file}` : "");
    open(true, made("h2", "where", plan.where), made("p", "place", place), made("p", "tools", ...(list ? [list_of] : []), turn, back), made("p", "place", legend(plan)), holder);
    fill();
  };

  const cite = async (id) => {
    const place = held_plans.places?.[id];
    const article = document.getElementById(id);
    if (place && "DecompressionStream" in window) show(await unpacked(place[0]), ...place.slice(1));
    else if (article) open(false, copied(article), ...(say ? [made("p", "place", say.alone)] : []));
  };

  // One of the sentences that a number was counted from: its plan, its words with the place marked, what opens it.
  const member = async (entry, list) => {
    if (typeof entry === "string") {
      const article = document.getElementById(entry);
      return [article.querySelector(".where").textContent, [...copied(article.querySelector("blockquote")).childNodes], null];
    }
    const plan = await unpacked(entry[0]);
    const [, start, end, from = start, to = end] = entry;
    const cut = (a, b) => plan.text.slice(a, b).join("");
    const words = to > end || from < start ? [cut(from, start), made("mark", "", cut(start, end)), cut(end, to)] : [cut(start, Math.min(end, start + 160)), end > start + 160 ? "…" : ""];
    return [plan.where, words, () => show(plan, start, end, from, to, list)];
  };

  const several = async (id) => {
    const [n, n_plans, entries, of_plans] = held_plans.lists[id];
    const nodes = [made("h2", "where", told(of_plans ? say.files : say.several, n, n_plans))];
    if (entries.length < n) nodes.push(made("p", "place", told(say.first, entries.length, n - entries.length)));
    let last = "";
    for (const entry of entries) {
      const [where, words, go] = await member(entry, id);
      if (of_plans && !last) nodes.push(made("ul", "listed"));
      if (!of_plans && where !== last) nodes.push(made("h3", "", where), made("ul", "listed"));
      last = where;
      const quote = made("span", "", ...(of_plans ? [where] : words));
      quote.lang = "zh-CN";
      const line = made("li", "", quote);
      if (go) {
        const button = made("button", "", say.whole);
        button.type = "button";
        button.addEventListener("click", go);
        line.append(" ", button);
      }
      nodes[nodes.length - 1].append(line);
    }
    open(false, ...nodes);
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
    const link = event.target.closest('a[href^="#src-"], a[href^="#list-"]');
    if (link) {
      event.preventDefault();
      const id = link.getAttribute("href").slice(1);
      (id.startsWith("list-") ? several : cite)(id);
      return;
    }
    const drawing = event.target.closest("main .drawing");
    if (drawing) open(true, copied(drawing.closest(".figure") ?? drawing));
    const button = event.target.closest("[data-do]");
    if (button) tools[button.dataset.do](button);
    if (event.target === view) view.close();
  });

  const filter = (field) => {
    const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    const table = field.dataset.search ? document.querySelector(field.dataset.search) : field.parentNode.querySelector("table");
    const picked = field.dataset.search ? [...document.querySelectorAll("[data-filter]")].filter((choice) => choice.value) : [];
    for (const row of table.tBodies[0].rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !wanted.every((word) => text.includes(word)) || picked.some((choice) => row.dataset[choice.dataset.filter] !== choice.value);
      left += row.hidden ? 0 : 1;
    }
    const none = field.dataset.search && document.getElementById("none");
    if (none) none.hidden = left > 0;
  };

  for (const field of document.querySelectorAll("[data-search]")) field.addEventListener("input", () => filter(field));
  for (const choice of document.querySelectorAll("[data-filter]")) choice.addEventListener("change", () => filter(document.getElementById("search")));

  // Of a figure's numbers one is reached by Tab, the others from there by arrow keys.
  for (const figure of document.querySelectorAll(".areas")) {
    const links = [...figure.querySelectorAll("a")];
    links.forEach((link, at) => link.setAttribute("tabindex", at ? "-1" : "0"));
    figure.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const at = links.indexOf(event.target.closest("a"));
      if (!step || at < 0) return;
      event.preventDefault();
      const next = links[(at + step + links.length) % links.length];
      links[at].setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("main .drawing")) return;
    event.preventDefault(); // else the same key would press the button that closes the view
    open(true, copied(event.target.closest(".figure") ?? event.target));
  });
})();
