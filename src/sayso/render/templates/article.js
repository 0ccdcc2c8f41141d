// An article: text and table linked both ways, the table in another order or filtered, copying, and the view in the address.
(() => {
  const panels = [...document.querySelectorAll(".panels")];
  if (!panels.length) return;
  const find = (id) => document.getElementById(id);
  const layers = [...document.querySelectorAll(".layers input")];
  const trail = []; // where one was, for Esc
  let chosen = null; // a badge

  const rowOf = (badge) => find(badge.hash.slice(1));
  const linkOf = (row) => row.querySelector("th a");
  const badgeOf = (row) => find(linkOf(row).hash.slice(1));
  const rows = () => panels.flatMap((panel) => [...panel.querySelectorAll(".st:not([hidden])")]);
  const say = (panel, words) => { panel.querySelector(".report").textContent = words; };

  // The chosen statement: its badge, its row, and every piece of the text that belongs to it.
  const choose = (badge) => {
    for (const old of document.querySelectorAll(".on")) old.classList.remove("on");
    chosen = badge;
    if (!badge) return;
    const of = badge.id.replace(/t(\d+)$/, "$1");
    const row = rowOf(badge);
    for (const each of [badge, row, ...badge.closest(".text").querySelectorAll(`[data-s~="${of}"]`)]) each.classList.add("on");
    const aside = row.closest("aside");
    const [box, around] = [row.getBoundingClientRect(), aside.getBoundingClientRect()];
    if (box.top < around.top || box.bottom > around.bottom) aside.scrollTop += box.top - around.top - aside.clientHeight / 4;
  };
  const go = (place) => {
    const row = place.closest(".st");
    if (row?.hidden) filter(row.closest(".panels"), "all");
    place.focus();
    const badge = row ? badgeOf(row) : place.matches("a.b") ? place : null;
    if (badge) choose(badge);
    remember();
  };
  const step = (by) => {
    const list = rows();
    if (!list.length) return;
    const here = document.activeElement;
    if (here.matches("a.b")) chosen = here;
    const at = chosen ? list.indexOf(rowOf(chosen)) : -1;
    const row = list[Math.max(0, Math.min(list.length - 1, at + by))];
    const badge = badgeOf(row);
    go(here.closest(".st") || !badge.checkVisibility() ? linkOf(row) : badge);
  };
  const back = () => {
    const place = trail.pop();
    if (place) go(place);
    else { choose(null); remember(); }
  };

  // The table in another order, or only some of it.
  const { compare } = new Intl.Collator();
  const orders = {
    text: (a, b) => a.dataset.n - b.dataset.n,
    sure: (a, b) => a.dataset.sure - b.dataset.sure || a.dataset.n - b.dataset.n,
    who: (a, b) => compare(a.who, b.who) || a.dataset.n - b.dataset.n,
  };
  const sort = (panel, order) => {
    const table = panel.querySelector(".statements");
    const list = [...table.tBodies];
    for (const row of list) row.who ??= row.querySelector(".who").textContent;
    table.append(...list.sort(orders[order] ?? orders.text));
    panel.querySelector("[data-order]").value = order in orders ? order : "text";
  };
  const filter = (panel, show) => {
    const select = panel.querySelector("[data-show]");
    select.value = show;
    if (!select.value) select.value = show = "all";
    panel.dataset.show = show;
    const list = [...panel.querySelectorAll(".st")];
    for (const row of list) row.hidden = show !== "all" && !row.dataset.groups.split(" ").includes(show);
    const shown = list.filter((row) => !row.hidden).length;
    const own = "No statement: the words of others are gray in the text, what is left the outlet says itself.";
    say(panel, show === "all" ? "" : show === "own" ? own : `${shown} of ${list.length} statements`);
  };

  const copy = async (panel, words, done) => {
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      const field = Object.assign(document.createElement("textarea"), { value: words });
      const here = document.activeElement;
      panel.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      here.focus();
    }
    say(panel, done);
  };
  const cite = (row) => copy(row.closest(".panels"), row.querySelector(".cite").textContent, `Statement ${row.dataset.n} is copied with its attribution.`);

  // The address says what is marked, the order, the filter and the chosen statement.
  const view = () => {
    const at = new URL(location.href);
    const told = { layer: layers.find((each) => each.checked)?.value, order: panels[0].querySelector("[data-order]")?.value, show: panels[0].dataset.show };
    for (const [name, value] of Object.entries(told)) {
      if (!value || value === "voices" || value === "text" || value === "all") at.searchParams.delete(name);
      else at.searchParams.set(name, value);
    }
    at.hash = chosen ? chosen.id : "";
    return at.href.replace(/#$/, "");
  };
  const remember = () => {
    try { history.replaceState(null, "", view()); } catch { /* a frame without an address */ }
  };
  // Words of a measure are shown in its layer.
  const unveil = (place) => {
    const name = [...place.classList].find((each) => each.startsWith("of-"))?.slice(3);
    const layer = layers.find((each) => each.value === (name === "loaded" || name === "editorial" ? "tone" : name));
    if (layer) layer.checked = true;
  };
  const follow = () => {
    const place = find(location.hash.slice(1));
    if (place?.matches(".f")) unveil(place);
    const row = place?.closest(".st");
    if (row) choose(badgeOf(row));
    else if (place?.matches("a.b")) choose(place);
  };

  for (const panel of panels) {
    const tools = panel.querySelector(".tools");
    if (!tools) continue;
    tools.hidden = false;
    for (const button of panel.querySelectorAll(".copy")) button.hidden = false;
    tools.addEventListener("change", ({ target }) => {
      if ("order" in target.dataset) sort(panel, target.value);
      if ("show" in target.dataset) filter(panel, target.value);
      remember();
    });
    const asked = new URL(location.href).searchParams;
    if (asked.has("order")) sort(panel, asked.get("order"));
    if (asked.has("show")) filter(panel, asked.get("show"));
  }
  const layer = new URL(location.href).searchParams.get("layer");
  for (const each of layers) {
    if (each.value === layer) each.checked = true;
    each.addEventListener("change", remember);
  }
  addEventListener("hashchange", follow);
  follow();

  addEventListener("click", (event) => {
    const panel = event.target.closest(".panels");
    if (!panel) return;
    if (event.target.closest(".copy")) cite(event.target.closest(".st"));
    if (event.target.closest("[data-link]")) copy(panel, view(), "The link to this view is copied.");
    const link = event.target.closest("a[href^='#']");
    const target = link && find(link.hash.slice(1));
    if (!target?.matches(".st, a.b")) return;
    event.preventDefault();
    trail.push(link);
    go(target.matches(".st") ? linkOf(target) : target);
  });

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || find("keys")?.open) return;
    if (event.target.matches("input:not([type=radio]),textarea,select,[contenteditable]")) return;
    const { key } = event;
    if (key === "j") step(1);
    else if (key === "k") step(-1);
    else if (key === "c" && chosen) cite(rowOf(chosen));
    else if (key === "Escape") back();
    else if (key === "Backspace") { event.preventDefault(); back(); }
    else if (layers[key - 1]) { layers[key - 1].checked = true; remember(); }
  });
})();
