// Saves a page of the form while it is filled in. What the server has not confirmed as durable is never called saved.
"use strict";

(() => {
  const form = document.getElementById("answers");
  if (!form || !form.dataset.autosave) return;

  const PAUSE = 1500; // milliseconds without a key before a save
  const RETRY = 15000; // milliseconds after which a failed save is tried again
  const status = document.getElementById("autosave");
  const words = status.dataset;
  const seen = form.elements.namedItem("seen");
  let timer = 0;
  let composing = false; // an input method is still changing the text
  let saving = false;
  let dirty = false;
  let stopped = false;

  const say = (text, state) => {
    status.textContent = text;
    status.dataset.state = state;
  };

  const stop = (text) => {
    stopped = true;
    say(text, "stopped");
  };

  const typed = () => {
    const fields = new FormData(form);
    fields.delete("remove");
    return new URLSearchParams(fields);
  };

  const settle = (response, answer) => {
    if (answer.refusal) return stop(answer.refusal === "overfull" ? words.failed : `${words.refused} ${answer.refusal}`);
    if (answer.conflicts.length) return stop(words.conflict);
    seen.value = String(answer.seen);
    form.dispatchEvent(new CustomEvent("kept", { detail: { all: !dirty } }));
    say(`${words.saved} ${answer.at}`, "saved");
  };

  const save = async () => {
    if (stopped || composing || !dirty) return;
    if (saving) return later(PAUSE);
    saving = true;
    dirty = false;
    say(words.saving, "saving");
    try {
      const response = await fetch(form.dataset.autosave, { method: "POST", body: typed() });
      const readable = (response.headers.get("Content-Type") || "").startsWith("application/json");
      if (readable) settle(response, await response.json());
      else if (response.status === 503) throw new TypeError("storage");
      else stop(words.expired); // signed out, or the token is stale: the button carries the text through
    } catch (fault) {
      dirty = true;
      say(words.failed, "failed");
      later(RETRY);
    } finally {
      saving = false;
    }
  };

  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  };

  const touched = (event) => {
    if (stopped || (event.target.name || "") === "remove" || !event.target.name) return;
    dirty = true;
    if (!composing) later(PAUSE);
  };

  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  form.addEventListener("compositionstart", () => { composing = true; clearTimeout(timer); });
  form.addEventListener("compositionend", () => { composing = false; later(PAUSE); });
  form.addEventListener("submit", () => { stopped = true; clearTimeout(timer); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
})();
