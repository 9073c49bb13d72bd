// Saves steps on the screens of lists: keys for questions, a sheet that is edited in its
// cells, files that are dropped. Everything works without it.
"use strict";

(() => {
  const isTyping = (element) => element?.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

  // A menu that shows what is chosen at once needs no button.
  for (const menu of document.querySelectorAll("select[data-submit]")) menu.form.querySelector("button").hidden = true;
  document.addEventListener("change", (event) => {
    if (event.target.matches("select[data-submit]")) event.target.form.requestSubmit();
  });

  // Keys of a question; never while somebody types, nor with another key held down.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
    if (!document.querySelector("[data-question], [data-key=u]")) return;
    if (event.key === "?") {
      const evidence = document.getElementById("evidence");
      if (evidence) { evidence.open = !evidence.open; event.preventDefault(); }
      return;
    }
    const key = event.key.toLowerCase();
    const control = /^[0-9u]$/.test(key) && document.querySelector(`[data-key="${key}"]`);
    if (control && !control.form?.hasAttribute("aria-busy")) { event.preventDefault(); control.click(); }
  });

  // The next question is read out from its beginning. The same one again leaves the focus
  // where it is: whoever types there would answer otherwise.
  const shownQuestion = () => document.querySelector("[data-question]")?.dataset.question;
  let lastQuestion = shownQuestion();
  document.addEventListener("desk:swapped", (event) => {
    if (event.target.id === "question" && shownQuestion() !== lastQuestion) {
      lastQuestion = shownQuestion();
      document.getElementById("question-title")?.focus({ preventScroll: true });
      document.getElementById("question")?.scrollIntoView({ block: "nearest" });
    }
    if (event.target.id === "sheet") startSheet();
    showCopy();
  });

  /* The sheet: one cell has the focus; arrows move it, Enter edits it, letters search. */
  const cellsOf = (row) => [...row.querySelectorAll("th, td")];
  const sheet = () => document.getElementById("sheet");
  let place = [0, 0];

  function startSheet() {
    const rows = sheet()?.tBodies[0]?.rows;
    if (!rows) return;
    for (const link of sheet().querySelectorAll("tbody a")) link.tabIndex = -1;
    const [row, column] = place = [Math.min(place[0], rows.length - 1), place[1]];
    cellsOf(rows[row])[column].tabIndex = 0;
  }

  function goTo(row, column) {
    const rows = sheet().tBodies[0].rows;
    row = Math.max(0, Math.min(rows.length - 1, row));
    const cells = cellsOf(rows[row]);
    column = Math.max(0, Math.min(cells.length - 1, column));
    sheet().querySelector("tbody [tabindex='0']")?.removeAttribute("tabindex");
    place = [row, column];
    cells[column].tabIndex = 0;
    cells[column].focus();
    cells[column].scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  const nameOf = (row) => row.querySelector("th").textContent.trim();
  let saving = Promise.resolve();

  /**
   * Gives the rows of the sheet the numbers that they have after an edit, which may move all that
   * follow: somebody may be in the next cell, so that the sheet is not put in place.
   */
  async function renumber(edited) {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("sheet");
    const [own, now] = [sheet(), fresh].map((table) => [...(table?.tBodies[0]?.rows ?? [])]);
    // A row that another edit moved or took away is not taken for this one.
    const isSame = (row, at) => at === edited || nameOf(row) === nameOf(now[at]) || row.querySelector("input");
    if (!own.length || own.length !== now.length || !own.every(isSame)) return;
    own.forEach((row, at) => { row.dataset.row = now[at].dataset.row; row.id = now[at].id; });
    sheet().dataset.seen = fresh.dataset.seen;
  }

  function edit(cell) {
    const at = cell.closest("tr").sectionRowIndex, name = nameOf(cell.closest("tr"));
    const old = cell.textContent.trim(), parts = [...cell.childNodes];
    const input = document.createElement("input");
    input.value = old;
    input.setAttribute("aria-label", cell.dataset.column);
    cell.replaceChildren(input);
    input.focus();
    input.select();
    let isDone = false;
    const back = () => { isDone = true; cell.replaceChildren(...parts); };
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape") { back(); cell.focus(); }
      if (event.key === "Enter") { event.preventDefault(); done(); cell.focus(); }
    });
    input.addEventListener("blur", () => { if (!isDone) done(); });
    function done() {
      const value = input.value.trim();
      back();
      if (value === old) return;
      cell.textContent = value;
      // One edit after the other, each on the list that the one before left.
      saving = saving.then(() => save(value)).catch(() => {});
    }
    async function save(value) {
      // The sheet may have been put in place since, and in another order.
      const table = sheet(), rows = [...(table?.tBodies[0]?.rows ?? [])];
      const isIt = (row) => row && [name, value].includes(nameOf(row));
      const row = isIt(rows[at]) ? rows[at] : rows.find(isIt);
      if (!row) return;
      const body = new URLSearchParams({
        token: document.querySelector("input[name=token]").value, list: table.dataset.list, seen: table.dataset.seen,
        row: row.dataset.row, was: name, [cell.dataset.column]: value,
      });
      const answer = await fetch("/roll/edit", { method: "POST", body });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!answer.ok) {
        document.getElementById("main").replaceWith(document.adoptNode(page.querySelector("main")));
        document.querySelector("[role=alert]")?.scrollIntoView({ block: "center" });
        return;
      }
      const message = page.getElementById("message"), shown = document.getElementById("message");
      // Over the page: below the mouse, no row moves.
      shown.classList.add("over");
      if (message) shown.replaceChildren(...message.childNodes);
      await renumber(row.sectionRowIndex);
    }
  }

  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest?.("#sheet tbody th, #sheet tbody td");
    if (!cell || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const [row, column] = place;
    const moves = {
      ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1],
      PageUp: [row - 15, column], PageDown: [row + 15, column], Home: [row, 0], End: [row, 99],
    };
    if (moves[event.key]) {
      event.preventDefault();
      goTo(...moves[event.key]);
    } else if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      if (cell.dataset.column) edit(cell);
      else cell.closest("tr").querySelector("a").click();
    } else if (event.key.length === 1 && event.key !== " ") {
      event.preventDefault();
      const search = document.querySelector("[data-search]");
      search.value = event.key;
      search.focus();
    }
  });
  document.addEventListener("click", (event) => {
    const cell = event.target.closest?.("#sheet tbody th, #sheet tbody td");
    if (cell && !event.target.closest("a, input")) {
      goTo([...sheet().tBodies[0].rows].indexOf(cell.closest("tr")), cellsOf(cell.closest("tr")).indexOf(cell));
    }
  });
  // Both clicks must have been on the same cell: what lies below the mouse may have changed.
  let pressed = "";
  const cellOf = (cell) => cell && `${cell.dataset.column} ${nameOf(cell.closest("tr"))}`;
  document.addEventListener("mousedown", (event) => {
    if (event.detail === 1) pressed = cellOf(event.target.closest?.("#sheet tbody [data-column]"));
  });
  document.addEventListener("dblclick", (event) => {
    const cell = event.target.closest?.("#sheet tbody [data-column]");
    if (cell && cellOf(cell) === pressed && !isTyping(event.target)) edit(cell);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !isTyping(event.target)) document.querySelector("[data-close]")?.click();
  });

  /* Files that are dropped. */
  const drop = (event) => event.target.closest?.("[data-drop]");
  for (const name of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      // A file that misses the zone does not take the place of the page.
      event.preventDefault();
      const zone = drop(event);
      zone?.classList.toggle("is-over", name === "dragover");
      if (name !== "drop" || !zone || !event.dataTransfer.files.length) return;
      const input = zone.querySelector("input[type=file]");
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  /* Copying a paragraph. */
  function showCopy() {
    for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
  }
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (!button) return;
    const text = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(text.value.trim());
    } catch {
      text.select();
      document.execCommand("copy");
    }
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });

  /* On a narrow screen, filters are folded until somebody filters. */
  function foldFilters() {
    const filters = document.getElementById("facets");
    if (filters && innerWidth < 1000 && !filters.querySelector("[aria-current]")) filters.open = false;
  }
  document.addEventListener("desk:swapped", (event) => { if (event.target.id === "facets") foldFilters(); });

  foldFilters();
  startSheet();
  showCopy();
  if (location.hash === "#name") document.getElementById("name")?.focus();
})();
