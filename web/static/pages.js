// What every page does with a script: a form is sent once, however often its button is pressed; a file may be had again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.dataset.file !== undefined) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-disabled");
  }
});
// A choice in the filters is looked up at once; what only unfolds them on a phone has no name and is no choice.
const filters = document.querySelector("form.filters");
if (filters) filters.addEventListener("change", (event) => {
  if (event.target.name && event.target.type !== "search") filters.requestSubmit();
});
// A canned reply that is picked fills the box, where it can still be changed.
for (const pick of document.querySelectorAll("select[data-fills]")) {
  pick.addEventListener("change", () => {
    const box = document.getElementById(pick.dataset.fills);
    if (pick.value) { box.value = pick.value; box.focus(); }
  });
}
