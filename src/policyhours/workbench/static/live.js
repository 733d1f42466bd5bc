// The answer follows the form. Without this script, the buttons do the same.
"use strict";

(() => {
  const form = document.querySelector("form[data-live]");
  if (!form) return;
  let waiting = 0;
  let asked = 0;

  const submitted = async (button) => {
    const data = new URLSearchParams(new FormData(form));
    data.set("do", button);
    const response = await fetch(form.action, { method: "POST", body: data });
    if (!response.headers.get("content-type").startsWith("text/html")) throw new Error("no page");
    return new DOMParser().parseFromString(await response.text(), "text/html");
  };

  const replaced = (page, id) => {
    const fresh = page.getElementById(id);
    const old = document.getElementById(id);
    if (fresh && old) old.replaceWith(document.adoptNode(fresh));
  };

  const answer = async () => {
    const mine = ++asked;
    const page = await submitted("assess").catch(() => null);
    if (!page || mine !== asked) return; // the form has changed again
    const outcome = document.getElementById("outcome");
    const fresh = page.getElementById("outcome");
    if (!fresh || !outcome) return;
    const said = fresh.querySelector("#live");
    const live = outcome.querySelector("#live");
    const words = said.textContent;
    if (live.textContent !== words) live.textContent = words; // announced, where it changes
    said.replaceWith(live);
    outcome.replaceChildren(...fresh.childNodes);
  };

  const kindChosen = async (select) => {
    const id = select.id;
    const page = await submitted("refresh").catch(() => null);
    if (!page) return;
    replaced(page, "activities");
    document.getElementById(id)?.focus();
    answer();
  };

  form.addEventListener("change", (event) => {
    clearTimeout(waiting);
    if (/^activities\.\d+\.kind$/.test(event.target.name)) kindChosen(event.target);
    else if (event.target.name !== "new.kind") answer();
  });
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(answer, 500);
  });
  for (const button of form.querySelectorAll(".update")) button.hidden = true;
  new MutationObserver(() => {
    for (const button of form.querySelectorAll(".update")) button.hidden = true;
  }).observe(form, { childList: true, subtree: true });
})();
