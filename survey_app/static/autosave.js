// Saves a page of the form while it is filled in. What the server has not confirmed as durable is never called saved.
"use strict";

(() => {
  const form = document.getElementById("answers");
  if (!form || !form.dataset.autosave) return;

  const PAUSE = 1500; // milliseconds without a key before a save
  const RETRIES = [5000, 10000, 20000, 40000, 60000]; // milliseconds after which a failed save is tried again
  const LIMIT = 30000; // milliseconds after which a save that got no answer has failed
  const status = document.getElementById("autosave");
  const alarm = document.getElementById("autosave-alert"); // what must be noticed: read out at once
  const words = status.dataset;
  const seen = form.elements.namedItem("seen");
  let timer = 0;
  let composing = false; // an input method is still changing the text
  let saving = false;
  let dirty = false;
  let stopped = false;
  let failures = 0; // saves in a row that came to nothing
  let unreachable = false; // the last one got no answer at all

  const say = (text, state) => {
    const urgent = state === "failed" || state === "stopped";
    status.textContent = urgent ? "" : text;
    if (alarm.textContent !== (urgent ? text : "")) alarm.textContent = urgent ? text : "";
    status.dataset.state = alarm.dataset.state = state;
  };

  const stop = (text) => {
    stopped = true;
    say(text, "stopped");
  };

  // Files go with the button, never by the way.
  const files = () => [...form.querySelectorAll("input[type=file]")];
  const byButton = (field) => field.type === "file" || field.name === "remove" || field.name.startsWith("without.");
  const waiting = () => files().some((field) => field.files.length);

  // A contact that was filled in from an earlier inquiry is saved by the way only after somebody looked at it.
  let lookedAt = false;

  const typed = () => {
    const fields = new FormData(form);
    fields.delete("remove");
    for (const field of files()) fields.delete(field.name);
    for (const question of lookedAt ? [] : form.querySelectorAll("[data-filled-in]")) fields.delete(question.dataset.name);
    return new URLSearchParams(fields);
  };

  const settle = (response, answer) => {
    if (answer.refusal) return stop(answer.refusal === "overfull" ? words.overfull : `${words.refused} ${answer.refusal}`);
    if (answer.conflicts.length) return stop(words.conflict);
    seen.value = String(answer.seen);
    form.dispatchEvent(new CustomEvent("kept", { detail: { all: !dirty && !waiting() } }));
    say(`${words.saved} ${answer.at}${waiting() ? words.files : ""}`, "saved");
  };

  // By status: not signed in, a stale token, somebody else signed in meanwhile, too large. The button of the page shows
  // each with what was typed.
  const OUTCOMES = { 400: "expired", 401: "expired", 409: "other", 413: "large" };

  const fail = (text) => {
    dirty = true;
    say(text, "failed");
    later(RETRIES[Math.min(failures, RETRIES.length - 1)]);
    failures += 1;
  };

  const save = async () => {
    if (stopped || composing || !dirty) return;
    if (saving) return later(PAUSE);
    saving = true;
    dirty = false;
    if (!failures) say(words.saving, "saving");
    try {
      const signal = AbortSignal.timeout(LIMIT);
      const response = await fetch(form.dataset.autosave, { method: "POST", body: typed(), signal });
      unreachable = false;
      const readable = (response.headers.get("Content-Type") || "").startsWith("application/json");
      if (readable) settle(response, await response.json());
      else if (response.status >= 500) fail(response.status === 507 ? words.full : words.failed);
      else stop(words[OUTCOMES[response.status]] || words.closed);
      if (response.ok) failures = 0;
    } catch (fault) {
      unreachable = true;
      fail(words.failed);
    } finally {
      saving = false;
    }
  };

  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  };

  const touched = (event) => {
    if (stopped || !event.target.name || byButton(event.target)) return;
    dirty = true;
    lookedAt = lookedAt || Boolean(event.target.closest("[data-filled-in]"));
    if (!composing) later(PAUSE);
  };

  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  form.addEventListener("compositionstart", () => { composing = true; clearTimeout(timer); });
  form.addEventListener("compositionend", () => { composing = false; later(PAUSE); });
  // Where nothing answers, sending the page would put an error of the browser in its place: it is tried first.
  const held = async (submitter) => {
    dirty = true;
    await save();
    if (!unreachable) form.requestSubmit(submitter);
  };

  form.addEventListener("submit", (event) => {
    if (unreachable && !stopped) {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!saving) held(event.submitter);
      return;
    }
    stopped = true;
    clearTimeout(timer);
  }, { capture: true });
  window.addEventListener("online", () => { if (failures) save(); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
})();
