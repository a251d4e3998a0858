// Buttons that copy a text; without scripts the text is marked and copied by hand.
"use strict";

(() => {
  for (const button of document.querySelectorAll("[data-copy]")) {
    const area = document.getElementById(button.dataset.copy);
    const status = button.parentElement.querySelector("[role=status]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      area.select();
      try {
        await navigator.clipboard.writeText(area.value);
      } catch {
        document.execCommand("copy"); // pages that are not served by TLS have no clipboard of their own
      }
      status.textContent = button.dataset.done;
    });
  }
})();
