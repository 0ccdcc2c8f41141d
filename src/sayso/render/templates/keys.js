(() => {
  const badges = [...document.querySelectorAll("a.b")];
  let at = -1;
  const mark = () => {
    document.querySelectorAll(".on").forEach((old) => old.classList.remove("on"));
    const badge = badges[at];
    badge.classList.add("on");
    badge.focus();
    const row = document.getElementById(badge.hash.slice(1));
    row?.classList.add("on");
    if (matchMedia("(min-width:50.01rem)").matches) row?.scrollIntoView({ block: "nearest" });
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input,textarea,select")) return;
    if (!badges.length || (event.key !== "j" && event.key !== "k")) return;
    const here = badges.indexOf(document.activeElement);
    if (here >= 0) at = here;
    at = event.key === "j" ? Math.min(at + 1, badges.length - 1) : Math.max(at - 1, 0);
    mark();
  });
})();
