// Counts and names the municipalities as they are chosen; without it the page does so when it is saved.
"use strict";

(() => {
  const form = document.getElementById("draft");
  const count = document.getElementById("count");
  const names = document.getElementById("names");
  if (!form || !count) return;
  const show = () => {
    const chosen = [...form.querySelectorAll("input[name=target]:checked")];
    count.textContent = count.dataset.one.replace("#", chosen.length);
    names.replaceChildren(...chosen.flatMap((box) => {
      const name = document.createElement("span");
      name.textContent = box.parentElement.textContent.trim();
      return [name, " "];
    }));
  };
  form.addEventListener("change", (event) => {
    if (event.target.name === "target") show();
  });
  show();
})();
