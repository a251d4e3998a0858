// Takes last time's answer over without leaving the page; without this script the button saves and shows it.
"use strict";

(() => {
  const form = document.getElementById("answers");
  if (!form) return;

  const controls = (name) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)].filter((one) => one.type !== "hidden");
  const ticks = (control) => control.type === "radio" || control.type === "checkbox";

  const held = (name) => {
    const chosen = controls(name).filter((one) => !ticks(one) || one.checked).map((one) => one.value);
    return chosen.filter((text) => text !== "");
  };

  const fill = (name, texts) => {
    const found = controls(name);
    for (const control of found) {
      if (ticks(control)) control.checked = texts.includes(control.value) || (!texts.length && control.value === "");
      else control.value = texts[0] || "";
    }
    for (const sort of ["input", "change"]) found[0].dispatchEvent(new Event(sort, { bubbles: true }));
  };

  // A line holds no line break, and a list not every text: then the server takes the answer over.
  const holds = (name, texts) => {
    const found = controls(name);
    if (!found.length) return false;
    if (ticks(found[0])) return texts.every((text) => found.some((one) => one.value === text));
    if (found[0].tagName === "SELECT") return [...found[0].options].some((one) => one.value === texts[0]);
    return found[0].tagName === "TEXTAREA" || !texts[0].includes("\n");
  };

  for (const button of form.querySelectorAll("[data-same]")) {
    const name = button.value.slice("same:".length);
    const texts = JSON.parse(button.dataset.same);
    const label = button.querySelector("span");
    const words = label.textContent;
    let before = null;
    button.addEventListener("click", (event) => {
      if (before === null && !holds(name, texts)) return;
      event.preventDefault();
      const present = held(name);
      fill(name, before === null ? texts : before);
      before = before === null ? present : null;
      label.textContent = before === null ? words : button.dataset.undo;
    });
  }
})();
