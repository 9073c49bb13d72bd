// Keeps open pages as new as the files, and saves reloads. Every page and every act works
// without it. A page marks with data-live (and an id) each part that may be put in place
// when files change; with data-swap, a form whose answer is put in place in the same way.
"use strict";

(() => {
  const parser = new DOMParser();

  /** Finds again, in a part that was put in place, what had the focus. */
  function sameControl(part, old) {
    if (old.id) return document.getElementById(old.id);
    const name = old.getAttribute("name"), href = old.getAttribute("href");
    if (name) return part.querySelector(`[name="${CSS.escape(name)}"]`);
    if (href) return part.querySelector(`[href="${CSS.escape(href)}"]`);
    return part.querySelector(old.tagName.toLowerCase());
  }

  /** Tells whether somebody has typed into a part what is not saved yet, other than in the form that was sent. */
  function isTypedIn(part, sent) {
    return [...part.querySelectorAll("input, textarea")].some((field) => !sent?.contains(field) && (
      ["checkbox", "radio"].includes(field.type) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue));
  }

  /**
   * Puts in place each live part of a page that differs; keeps focus and reading place. What
   * is typed and not saved stays, unless it is in the form that was sent.
   */
  function swap(page, sent) {
    for (const part of document.querySelectorAll("[data-live][id], #message")) {
      const fresh = page.getElementById(part.id);
      if (!fresh || fresh.isEqualNode(part)) continue;
      if (part.id === "message" && !fresh.childNodes.length) continue;
      if (isTypedIn(part, sent)) continue;
      const focus = part.contains(document.activeElement) ? document.activeElement : null;
      const places = [part, ...part.querySelectorAll("[id]")].map((e) => [e.id, e.scrollTop, e.scrollLeft]);
      const adopted = document.adoptNode(fresh);
      part.replaceWith(adopted);
      for (const [id, top, left] of places) {
        const element = (top || left) && document.getElementById(id);
        if (element) element.scrollTo(left, top);
      }
      if (focus) sameControl(adopted, focus)?.focus({ preventScroll: true });
      adopted.dispatchEvent(new CustomEvent("desk:swapped", { bubbles: true }));
    }
  }

  /** Asks for the page again, without the message that it has shown. */
  let asking = null;
  async function refresh() {
    if (document.hidden) return;
    asking?.abort();
    asking = new AbortController();
    const address = new URL(location.href);
    address.searchParams.delete("said");
    address.hash = "";
    try {
      const answer = await fetch(address, { signal: asking.signal, redirect: "manual" });
      if (answer.ok) swap(parser.parseFromString(await answer.text(), "text/html"));
    } catch { /* a newer request, or the desk has ended: the stream tells */ }
  }

  /** Sends a form and puts its answer in place; whatever is not a page of this screen is shown whole. */
  async function send(form, submitter) {
    const body = new URLSearchParams(new FormData(form, submitter));
    form.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(submitter?.getAttribute("formaction") ?? form.getAttribute("action"), { method: "POST", body });
      const page = parser.parseFromString(await answer.text(), "text/html");
      const there = new URL(answer.url);
      if (answer.ok && there.pathname === location.pathname) {
        there.searchParams.delete("said");
        history.replaceState(null, "", there);
        swap(page, form);
      } else if (answer.ok) {
        location.assign(answer.url);
      } else {
        document.getElementById("main").replaceWith(document.adoptNode(page.querySelector("main")));
        document.querySelector("[role=alert]")?.scrollIntoView({ block: "center" });
      }
    } finally {
      form.removeAttribute("aria-busy");
    }
  }

  // A setting is saved when its field is left.
  document.addEventListener("change", (event) => {
    if (event.target.matches("#settings :is(input, textarea)")) event.target.form.requestSubmit();
  });

  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-swap]")) {
      event.preventDefault();
      send(event.target, event.submitter);
    }
  });

  // ---- A letter: its text on the left, its pages on the right.

  const SVG = "http://www.w3.org/2000/svg";
  const text = document.getElementById("text");

  function streamOf(element) {
    const have = [...document.querySelectorAll("[data-page]")].map((page) => page.dataset.page);
    return `${element.dataset.letter}/stream?have=${have.join(",")}`;
  }

  /** Puts changed pages in place; those that are the same stay, and so does the reading place. */
  function setPages({ seen, order, pages, glyphs, reason }) {
    if (seen !== form.seen.value && !isDirty()) takeText(seen);
    const room = document.getElementById("pages");
    if (!room) {
      const frame = document.querySelector("iframe.document");
      if (frame) frame.contentWindow.location.replace(frame.src);
      return;
    }
    if (reason) {
      const told = document.createElement("p");
      told.className = "notice is-error";
      told.textContent = reason;
      room.querySelector(".notice")?.remove();
      room.prepend(told);
      return;
    }
    room.querySelector(".notice")?.remove();
    let defs = document.querySelector("#glyphs defs");
    if (!defs) {
      const svg = document.createElementNS(SVG, "svg");
      Object.entries({ id: "glyphs", class: "glyphs", width: 0, height: 0, "aria-hidden": true })
        .forEach(([name, value]) => svg.setAttribute(name, value));
      defs = svg.appendChild(document.createElementNS(SVG, "defs"));
      room.before(svg);
    }
    const missing = glyphs.filter(([id]) => !document.getElementById(id)).map(([, markup]) => markup);
    defs.append(...svgParts(missing.join("")));
    const fresh = new Map(pages);
    const have = new Map([...room.querySelectorAll("[data-page]")].map((page) => [page.dataset.page, page]));
    const old = [...room.querySelectorAll("[data-page]")];
    order.forEach((id, at) => {
      let page = have.get(id);
      have.delete(id);
      if (!page) {
        page = document.createElement("figure");
        page.className = "page";
        page.dataset.page = id;
        page.append(...svgParts(fresh.get(id) ?? ""));
      }
      if (old[at] && old[at] !== page && !order.includes(old[at].dataset.page)) old[at].replaceWith(page);
      else if (room.children[at] !== page) room.insertBefore(page, room.children[at] ?? null);
      page.id = `page-${at + 1}`;
      page.setAttribute("aria-label", `Page ${at + 1} of ${order.length}`);
    });
    while (room.children.length > order.length) room.lastElementChild.remove();
    markFindings();
  }

  function svgParts(markup) {
    const page = parser.parseFromString(`<svg xmlns="${SVG}">${markup}</svg>`, "image/svg+xml");
    return [...page.documentElement.children].map((part) => document.adoptNode(part));
  }

  // ---- Saving

  const form = document.getElementById("editor");
  let saved = text?.value, saving = null, again = false, timer = 0;
  const isDirty = () => text.value !== saved || saving;

  function tellSaved(words) {
    document.getElementById("saved").textContent = words;
  }

  /** Takes the text of the file, which was edited elsewhere while nothing was typed here. */
  async function takeText() {
    const answer = await fetch(`${letter.dataset.letter}/source`);
    if (!answer.ok || isDirty()) return;
    const source = await answer.json();
    const { selectionStart, selectionEnd, scrollTop } = text;
    form.seen.value = source.seen;
    if (text.value === source.text) return;
    text.value = source.text;
    saved = text.value;
    text.setSelectionRange(selectionStart, selectionEnd);
    text.scrollTop = scrollTop;
    tellSaved("Changed elsewhere; this is the new text");
  }

  async function save() {
    clearTimeout(timer);
    if (saving) { again = true; return; }
    if (text.value === saved) return;
    const sent = text.value;
    tellSaved("Saving…");
    saving = fetch(form.action, {
      method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(new FormData(form)),
    });
    try {
      const answer = await saving;
      if (answer.ok) {
        form.seen.value = (await answer.json()).seen;
        saved = sent;
        tellSaved("Saved");
      } else {
        const page = parser.parseFromString(await answer.text(), "text/html");
        document.getElementById("main").replaceWith(document.adoptNode(page.querySelector("main")));
        tellSaved("Not saved");
        source?.close();
        return;
      }
    } catch {
      tellSaved("Not saved: the desk has ended. Run `undersigned serve` again");
    } finally {
      saving = null;
    }
    if (again) { again = false; save(); }
  }

  // ---- From the text to the page and back

  const words = (string) => string.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

  /** Returns the number of the line whose words are most like those given, and how many are alike. */
  function bestLine(wanted) {
    const lines = text.value.split("\n");
    let best = [-1, 0];
    const run = wanted.slice(0, 6).join(" ");
    lines.forEach((line, at) => {
      const have = words(line).join(" ");
      let alike = 0;
      if (run && have.includes(run)) alike = 100 + wanted.length;
      else if (wanted.length > 2) alike = wanted.filter((word) => word.length > 3 && have.includes(word)).length / wanted.length;
      if (alike > best[1]) best = [at, alike];
    });
    return best[1] >= 0.7 ? best[0] : -1;
  }

  function goToLine(line, wanted = []) {
    const lines = text.value.split("\n");
    let start = lines.slice(0, line).join("\n").length + (line ? 1 : 0), end = start + lines[line].length;
    const at = lines[line].toLowerCase().indexOf((wanted[0] ?? "").toLowerCase());
    if (wanted.length && at > 0) start += at;
    text.focus({ preventScroll: true });
    text.setSelectionRange(start, end);
    text.scrollTop = Math.max(0, text.scrollHeight * line / lines.length - text.clientHeight / 3);
    text.scrollIntoView({ block: "nearest" });
  }

  /** Returns the lines of the pages that have words of a line of the text. */
  function placesOf(line) {
    const have = words(line.replace(/\{\{.*?\}\}/g, " ")).join(" ");
    if (have.length < 8) return [];
    const runs = [...document.querySelectorAll("#pages text")];
    return runs.filter((run) => {
      const said = words(run.textContent).join(" ");
      return said.length > 7 && have.includes(said);
    });
  }

  function mark(runs, name) {
    document.querySelectorAll(`#pages .${name}`).forEach((element) => element.remove());
    for (const run of runs) {
      const box = run.getBBox(), rect = document.createElementNS(SVG, "rect");
      rect.setAttribute("class", name);
      for (const [key, value] of [["x", box.x - 2], ["y", box.y], ["width", box.width + 4], ["height", box.height]]) {
        rect.setAttribute(key, value);
      }
      run.closest("svg").prepend(rect);
    }
  }

  function markFindings() {
    const lines = text.value.split("\n");
    const links = [...document.querySelectorAll("#findings [data-line]")];
    mark(links.flatMap((link) => placesOf(lines[link.dataset.line - 1] ?? "")), "found");
  }

  function edit() {
    text.addEventListener("input", () => {
      tellSaved("");
      clearTimeout(timer);
      timer = setTimeout(save, 160);
    });
    text.addEventListener("blur", save);
    form.addEventListener("submit", (event) => { event.preventDefault(); save(); });
    addEventListener("beforeunload", (event) => { if (text.isConnected && isDirty()) { save(); event.preventDefault(); } });
    form.classList.add("saves-itself");
    let caret = 0;
    text.addEventListener("selectionchange", () => {
      clearTimeout(caret);
      caret = setTimeout(() => {
        if (document.activeElement !== text) return;
        const line = text.value.slice(0, text.selectionStart).split("\n").length - 1;
        mark(placesOf(text.value.split("\n")[line] ?? ""), "here");
      }, 200);
    });
    document.addEventListener("click", (event) => {
      const to = event.target.closest("[data-line]");
      if (to) { event.preventDefault(); goToLine(to.dataset.line - 1); return; }
      const run = event.target.closest("#pages text");
      if (!run || !getSelection().isCollapsed) return;
      const wanted = words(run.textContent), line = bestLine(wanted);
      if (line >= 0) goToLine(line, wanted);
    });
    markFindings();
  }

  // A browser opens six connections to a host: a tab that nobody looks at holds none.
  const letter = document.querySelector("[data-letter]");
  let source = null;
  function listen() {
    if (document.hidden) {
      source?.close();
      source = null;
    } else if (!source) {
      source = new EventSource(letter ? streamOf(letter) : "/events");
      let opened = false;
      source.addEventListener("open", () => {
        document.documentElement.classList.remove("is-ended");
        if (opened) refresh();
        opened = true;
      });
      source.addEventListener("error", () => document.documentElement.classList.add("is-ended"));
      source.addEventListener("changed", refresh);
      if (letter) {
        source.addEventListener("pages", (event) => setPages(JSON.parse(event.data)));
        source.addEventListener("findings", (event) => {
          const fresh = parser.parseFromString(JSON.parse(event.data).findings, "text/html").body;
          const old = document.getElementById("findings"), open = old.querySelector("details")?.open;
          old.replaceChildren(...fresh.childNodes);
          if (open !== undefined && old.querySelector("details")) old.querySelector("details").open = open;
          markFindings();
        });
      }
    }
  }
  document.addEventListener("visibilitychange", () => {
    listen();
    if (!document.hidden) refresh();
  });
  addEventListener("pagehide", () => { source?.close(); source = null; });
  addEventListener("pageshow", listen);
  listen();
  if (letter) edit();

  // The message was shown; a reload need not show it again.
  const address = new URL(location.href);
  if (address.searchParams.has("said")) {
    address.searchParams.delete("said");
    history.replaceState(null, "", address);
  }
})();
