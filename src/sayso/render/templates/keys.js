// The list of keys, on pages that have one: `?` or its button opens it, Esc closes it.
(() => {
  const list = document.getElementById("keys");
  if (!list) return;
  const open = () => list.open || list.showModal();
  for (const button of document.querySelectorAll("[data-keys]")) button.addEventListener("click", open);
  list.querySelector("[data-close]").addEventListener("click", () => list.close());
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input:not([type=radio]),textarea,select")) return;
    if (event.key === "?") open();
  });
})();
