// Makes the pages nicer; everything works without it. No inline code, no eval: the pages send a strict policy.
"use strict";

(() => {
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];

  // ---- Every page

  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();

  for (const button of all("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // On a narrow screen the steps are folded, so that the questions come first.
  if (window.matchMedia("(max-width: 62rem)").matches) {
    for (const details of all("[data-fold]")) details.open = false;
  }

  const landOnField = () => {
    const field = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (field && field.matches("input, select, textarea")) field.focus();
  };
  window.addEventListener("hashchange", landOnField);
  if (location.hash && !summary) landOnField();

  // ---- The form of a section or a row

  const form = document.getElementById("answers");
  if (!form) return;

  const characters = (text) => [...text].length;
  const count = (area) => {
    const line = document.getElementById(`${area.id}-count`);
    const length = characters(area.value);
    line.textContent = line.textContent.replace(/^[\d,]+/, String(length));
    line.classList.toggle("count-over", length > Number(area.dataset.longest));
  };
  for (const area of all("textarea[data-longest]", form)) {
    count(area);
    area.addEventListener("input", () => count(area));
  }

  // Which questions are asked, and how an answer is read, is decided by the server alone.
  let waiting = null;
  let timer = 0;

  const show = (answer) => {
    const asked = new Set(answer.asked);
    const shown = form.elements.namedItem("shown");
    const conditional = new Set([...answer.conditional, ...asked]);
    for (const wrapper of all("[data-name]", form)) {
      if (conditional.has(wrapper.dataset.name)) wrapper.hidden = !asked.has(wrapper.dataset.name);
    }
    shown.value = answer.asked.join(" ");
    for (const [name, text] of Object.entries(answer.read)) read(name, text);
    for (const name of [...touched, ...Object.keys(answer.told)]) tell(name, answer.told[name] || []);
  };

  // Mistakes are told where somebody typed since the page was opened, and no longer told where they are mended.
  const touched = new Set();
  const tell = (name, sentences) => {
    const control = document.getElementById(`q-${name}`);
    const wrapper = control && (control.closest("td") || document.getElementById(`w-${name}`));
    if (!wrapper || !touched.has(name)) return;
    const id = `q-${name}-messages`;
    let list = document.getElementById(id);
    if (list) list.remove();
    wrapper.classList.toggle("question-wrong", sentences.length > 0);
    const alone = !control.closest("fieldset");
    if (!sentences.length) return control.removeAttribute("aria-invalid");
    list = document.createElement("div");
    list.id = id;
    for (const sentence of sentences) {
      const line = document.createElement("p");
      line.className = "message message-error";
      line.textContent = sentence;
      list.append(line);
    }
    (control.closest("fieldset") || wrapper).append(list);
    if (alone) control.setAttribute("aria-invalid", "true");
    describe(control, id);
  };

  const describe = (control, id) => {
    const described = control.closest("fieldset") || control;
    const ids = (described.getAttribute("aria-describedby") || "").split(" ").filter(Boolean);
    if (!ids.includes(id)) described.setAttribute("aria-describedby", [...ids, id].join(" "));
  };

  const read = (name, text) => {
    const wrapper = document.getElementById(`w-${name}`);
    const control = document.getElementById(`q-${name}`);
    if (!control || !wrapper) return;
    const id = `q-${name}-reading`;
    let line = document.getElementById(id);
    if (!text) return line && line.remove();
    if (!line) {
      line = document.createElement("p");
      line.className = "reading";
      line.id = id;
      const mark = document.createElement("span");
      mark.className = "reading-mark";
      mark.textContent = form.dataset.reading;
      line.append(mark, " ", document.createTextNode(""));
      (control.closest(".with-unit") || control).after(line);
      describe(control, id);
    }
    line.lastChild.textContent = text;
  };

  const ask = async () => {
    if (waiting) waiting.abort();
    waiting = new AbortController();
    try {
      const response = await fetch(form.dataset.asked, {
        method: "POST",
        body: new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string")),
        signal: waiting.signal,
        headers: { Accept: "application/json" },
      });
      if (response.ok && response.headers.get("Content-Type").startsWith("application/json")) show(await response.json());
    } catch (fault) {
      if (fault.name !== "AbortError") throw fault;
    }
  };
  form.addEventListener("change", (event) => {
    if (event.target.name) touched.add(event.target.name);
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });

  // ---- Nothing typed is left behind unnoticed

  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("change", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  form.addEventListener("kept", (event) => { if (event.detail.all) changed = false; });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });

  // ---- Municipalities: a filter by name, and how many are chosen

  for (const towns of all(".towns", form)) {
    const bar = document.createElement("p");
    bar.className = "town-filter";
    const field = document.createElement("input");
    field.type = "search";
    field.className = "control";
    field.placeholder = towns.dataset.filter;
    field.setAttribute("aria-label", towns.dataset.filter);
    const chosen = document.createElement("span");
    chosen.className = "town-chosen";
    chosen.setAttribute("role", "status");
    bar.append(field, chosen);
    towns.before(bar);

    const tally = () => {
      const number = all("input:checked", towns).length;
      chosen.textContent = towns.dataset.chosen.replace("0", String(number));
    };
    const narrow = () => {
      const wanted = field.value.trim();
      for (const group of all(".bureau", towns)) {
        const members = all(".town", group);
        for (const town of members) town.hidden = Boolean(wanted) && !town.textContent.includes(wanted);
        group.hidden = members.every((town) => town.hidden);
        if (wanted && !group.hidden) group.open = true;
      }
    };
    field.addEventListener("input", (event) => { event.stopPropagation(); narrow(); });
    field.addEventListener("change", (event) => event.stopPropagation());
    field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    towns.addEventListener("change", tally);
    tally();
  }
})();
