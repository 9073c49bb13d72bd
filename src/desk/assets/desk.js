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

  /** Leaves what is folded as somebody left it, while a part is about the same. */
  function keepFolds(part, fresh) {
    const about = (root) => root.querySelector("[data-question]")?.dataset.question;
    const folds = (root) => [root, ...root.querySelectorAll("details")].filter((one) => one.localName === "details");
    const [old, own] = [folds(part), folds(fresh)];
    if (about(part) === about(fresh) && old.length === own.length) own.forEach((fold, at) => { fold.open = old[at].open; });
  }

  /** Tells whether somebody has the focus in a field of a part. */
  function isInUse(part) {
    const field = document.activeElement;
    return part.contains(field) && field.matches("input:not([type=hidden]), textarea, select");
  }

  /**
   * Puts in place each live part of a page that differs; keeps focus and reading place. What
   * is typed and not saved stays, unless it is in the form that was sent.
   */
  function swap(page, sent) {
    for (const part of document.querySelectorAll("[data-live][id], #message")) {
      const fresh = page.getElementById(part.id);
      if (fresh) keepFolds(part, fresh);
      if (!fresh || fresh.isEqualNode(part)) continue;
      if (part.id === "message" && !fresh.childNodes.length) continue;
      if (isTypedIn(part, sent) || (!sent && isInUse(part))) continue;
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

  // ---- What takes longer than a moment says what it is, and for how long.

  const MOMENT = 400, SECOND = 1000;
  const working = document.getElementById("working");
  let ticking = 0;

  /** Says what is being done, with its seconds, until `endWork`. */
  function startWork(control) {
    endWork();
    const words = (control?.querySelector(".words") ?? control)?.textContent.trim().split("\n")[0].slice(0, 60);
    if (!working || !words) return;
    const since = Date.now(), clock = document.createElement("span");
    // Heard once, and not every second.
    clock.setAttribute("aria-hidden", "true");
    ticking = setTimeout(function tick() {
      if (!working.firstChild) working.append(`${words} …`, clock);
      clock.textContent = ` ${Math.round((Date.now() - since) / SECOND)} s`;
      ticking = setTimeout(tick, SECOND);
    }, MOMENT);
  }

  function endWork() {
    clearTimeout(ticking);
    working?.replaceChildren();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const isOther = event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey;
    if (!link || isOther || link.target || link.matches("[download], .downloads a") || link.origin !== location.origin) return;
    const isHere = link.hash && link.pathname === location.pathname && link.search === location.search;
    if (!isHere && !link.closest("main svg")) startWork(link);
  });
  window.addEventListener("pageshow", endWork);

  /** Asks for the page again, without the message that it has shown. */
  let asking = null, soon = 0, isLeaving = false;
  function refresh() {
    clearTimeout(soon);
    soon = setTimeout(refreshNow, 50);
  }
  async function refreshNow() {
    // What is in memory alone does not change with the files.
    if (document.hidden || isLeaving || document.querySelector("[data-still]")) return;
    asking?.abort();
    asking = new AbortController();
    const address = new URL(location.href);
    address.searchParams.delete("said");
    address.hash = "";
    // A letter's pages come by the stream.
    if (letter?.isConnected) address.searchParams.set("view", "frame");
    try {
      const answer = await fetch(address, { signal: asking.signal, redirect: "manual" });
      if (answer.ok) swap(parser.parseFromString(await answer.text(), "text/html"));
    } catch { /* a newer request, or the desk has ended: the stream tells */ }
  }

  /** Sends a form and puts its answer in place; whatever is not a page of this screen is shown whole. */
  async function send(form, submitter) {
    const body = new URLSearchParams(new FormData(form, submitter));
    form.setAttribute("aria-busy", "true");
    startWork(submitter);
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
      endWork();
    }
  }

  /**
   * Saves the settings of a letter, one save after the other, on the state of the text that
   * is shown. What is typed into the form meanwhile stays.
   */
  let settling = Promise.resolve();
  function saveSettings() {
    settling = settling.then(async () => {
      await save();
      const settings = document.getElementById("settings");
      if (!settings || !form.isConnected) return;
      settings.seen.value = form.seen.value;
      const sent = new FormData(settings);
      const answer = await fetch(settings.getAttribute("action"), { method: "POST", body: new URLSearchParams(sent) });
      const page = parser.parseFromString(await answer.text(), "text/html");
      if (!answer.ok) {
        document.getElementById("main").replaceWith(document.adoptNode(page.querySelector("main")));
        document.querySelector("[role=alert]")?.scrollIntoView({ block: "center" });
        return;
      }
      form.seen.value = page.getElementById("editor").seen.value;
      takeText(page.getElementById("text").value);
      // What is being added to a list of chips has no name yet.
      const isAsSent = [...settings.elements].every((field) =>
        field.matches("[data-chip]") ? !field.value : !field.name || sent.get(field.name) === field.value);
      settings.seen.value = form.seen.value;
      if (isAsSent) swap(page, settings);
    }).catch(() => tellSaved("Not saved: the desk has ended. Run `undersigned serve` again"));
  }

  // A setting is saved when its field is left.
  document.addEventListener("change", (event) => {
    if (event.target.matches("#settings :is(input, textarea):not([data-chip])")) event.target.form.requestSubmit();
  });

  document.addEventListener("submit", (event) => {
    if (event.target.id === "settings") {
      event.preventDefault();
      saveSettings();
    } else if (event.target.matches("form[data-swap]")) {
      event.preventDefault();
      send(event.target, event.submitter);
    } else if (!event.defaultPrevented && event.target.method === "post" && !event.target.matches("[data-download]")) {
      // The answer is another page; this one may be none any more.
      isLeaving = true;
      startWork(event.submitter);
    }
  });

  // ---- A letter: its text on the left, its pages on the right.

  const SVG = "http://www.w3.org/2000/svg";
  const text = document.getElementById("text");

  /** Returns the address of the pages' stream, which says which pages are there; a star: with its drawing. */
  function streamOf(element) {
    const have = [...document.querySelectorAll("[data-page]")]
      .map((page) => page.dataset.page + ("waiting" in page.dataset ? "" : "*"));
    return `${element.dataset.letter}/stream?have=${have.join(",")}`;
  }

  /**
   * Puts changed pages in place; those that are the same stay, and so does the reading place. A
   * page whose drawing is not sent shows the one before until somebody is near it.
   */
  function setPages({ seen, order, pages, sources, glyphs, blank, reason }) {
    if (seen !== form.seen.value && !isDirty()) askText();
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
    const fresh = new Map(pages), told = new Map(sources);
    const have = new Map([...room.querySelectorAll("[data-page]")].map((page) => [page.dataset.page, page]));
    const old = [...room.querySelectorAll("[data-page]")];
    order.forEach((id, at) => {
      let page = have.get(id);
      have.delete(id);
      if (!page) {
        // In the same element it has the same size, so that the reading place stays.
        const before = old[at] && !order.includes(old[at].dataset.page) ? old[at] : null;
        page = before ?? document.createElement("figure");
        page.className = "page";
        page.dataset.page = id;
        if (fresh.has(id)) {
          page.replaceChildren(...svgParts(fresh.get(id)));
          delete page.dataset.waiting;
        } else {
          page.dataset.waiting = "";
          if (!before) page.append(...svgParts(blank));
        }
      }
      if (room.children[at] !== page) room.insertBefore(page, room.children[at] ?? null);
      page.id = `page-${at + 1}`;
      if (told.has(at)) page.dataset.sources = told.get(at);
      page.setAttribute("aria-label", `Page ${at + 1} of ${order.length}`);
    });
    while (room.children.length > order.length) room.lastElementChild.remove();
    markFindings();
    fetchNear();
  }

  // ---- The pages that somebody comes near: a letter of 5,000 names has forty, and a browser takes
  // seconds for all of them.

  /** Returns the pages that wait for their drawing and are less than a window away. */
  function waitingNear() {
    const waiting = [...document.querySelectorAll("#pages [data-waiting]")];
    return waiting.filter((page) => {
      const { top, bottom } = page.getBoundingClientRect();
      return bottom > -innerHeight && top < 2 * innerHeight;
    });
  }

  /** Asks for the drawings of pages that are near, one request at a time. */
  let fetching = false;
  async function fetchNear() {
    const near = waitingNear().slice(0, 4);
    if (fetching || !near.length) return;
    fetching = true;
    try {
      const answer = await fetch(`${letter.dataset.letter}/pages?ids=${near.map((page) => page.dataset.page).join(",")}`);
      if (!answer.ok) return;
      for (const [id, markup, sources] of (await answer.json()).pages) {
        const page = document.querySelector(`#pages [data-waiting][data-page="${CSS.escape(id)}"]`);
        if (!page) continue;
        page.replaceChildren(...svgParts(markup));
        page.dataset.sources = sources;
        delete page.dataset.waiting;
      }
      markFindings();
    } catch { return; } finally { fetching = false; }
    // The letter changed meanwhile if a page is not there: the stream says which are.
    if (!waitingNear().some((page) => near.includes(page))) fetchNear();
  }

  let looking = 0;
  function watchPages() {
    const look = () => { looking ||= requestAnimationFrame(() => { looking = 0; fetchNear(); }); };
    for (const name of ["scroll", "resize"]) addEventListener(name, look, { capture: true, passive: true });
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("#pages a.wait");
      if (!link) return;
      event.preventDefault();
      link.closest("[data-page]").scrollIntoView({ block: "nearest" });
      look();
    });
    look();
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

  /** Puts another text in place of the one that is shown; the place stays. */
  function takeText(fresh) {
    if (isDirty() || text.value === fresh) return;
    const { selectionStart, selectionEnd, scrollTop } = text;
    text.value = fresh;
    saved = text.value;
    text.setSelectionRange(selectionStart, selectionEnd);
    text.scrollTop = scrollTop;
  }

  /** Asks for the text of the file, which was edited elsewhere while nothing was typed here. */
  async function askText() {
    const answer = await fetch(`${letter.dataset.letter}/source`);
    if (!answer.ok || isDirty()) return;
    const source = await answer.json();
    form.seen.value = source.seen;
    if (text.value === source.text) return;
    takeText(source.text);
    tellSaved("Changed elsewhere; this is the new text");
  }

  /** Saves what was typed; a save that is under way goes on with what was typed since. */
  function save() {
    clearTimeout(timer);
    if (saving) again = true;
    else if (text.value !== saved) saving = saveAll().finally(() => { saving = null; });
    return saving ?? Promise.resolve();
  }

  async function saveAll() {
    do {
      again = false;
      const sent = text.value;
      if (sent === saved) return;
      tellSaved("Saving…");
      let answer;
      try {
        answer = await fetch(form.action, {
          method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(new FormData(form)),
        });
      } catch {
        tellSaved("Not saved: the desk has ended. Run `undersigned serve` again");
        return;
      }
      if (!answer.ok) {
        const page = parser.parseFromString(await answer.text(), "text/html");
        document.getElementById("main").replaceWith(document.adoptNode(page.querySelector("main")));
        // What was typed since it was sent is yours, too.
        const yours = document.querySelector("section:has(#yours) textarea");
        if (yours) yours.value = text.value;
        tellSaved("Not saved");
        source?.close();
        return;
      }
      form.seen.value = (await answer.json()).seen;
      saved = sent;
      tellSaved("Saved");
    } while (again);
  }

  // ---- From the text to the page and back

  const words = (string) => string.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

  /** Returns the number of the line, of those from `first` to `last`, whose words are most like those given. */
  function bestLine(wanted, first, last) {
    const lines = text.value.split("\n");
    const run = wanted.slice(0, 6).join(" ");
    let best = [first, 0];
    for (let at = first; at <= Math.min(last, lines.length - 1); at++) {
      const have = words(lines[at]).join(" ");
      let alike = wanted.filter((word) => word.length > 3 && have.includes(word)).length;
      if (run && have.includes(run)) alike += 100;
      if (alike > best[1]) best = [at, alike];
    }
    return best[0];
  }

  function goToLine(line, wanted = []) {
    const lines = text.value.split("\n");
    line = Math.max(0, Math.min(lines.length - 1, line));
    let start = lines.slice(0, line).join("\n").length + (line ? 1 : 0), end = start + lines[line].length;
    const at = lines[line].toLowerCase().indexOf((wanted[0] ?? "").toLowerCase());
    if (wanted.length && at > 0) start += at;
    text.focus({ preventScroll: true });
    text.setSelectionRange(start, end);
    text.scrollTop = Math.max(0, heightOf(lines.slice(0, line).join("\n")) - text.clientHeight / 3);
    text.scrollIntoView({ block: "nearest" });
  }

  /** Returns how high a beginning of the text is: long lines take several. */
  function heightOf(beginning) {
    const twin = text.cloneNode();
    Object.assign(twin.style, { position: "absolute", visibility: "hidden", height: "0", minHeight: "0", width: `${text.clientWidth}px` });
    twin.removeAttribute("id");
    twin.value = beginning;
    text.after(twin);
    const height = twin.scrollHeight;
    twin.remove();
    return height;
  }

  /** Returns each line of the pages, with what is known of where it comes from. */
  function runs() {
    return [...document.querySelectorAll("#pages [data-page]:not([data-waiting])")].flatMap((page) => {
      const sources = JSON.parse(page.dataset.sources || "[]");
      return [...page.querySelectorAll("text")].map((run, at) => ({ run, source: sources[at] }));
    });
  }

  /** Returns the lines of the pages that come from a line of the text, from 1. */
  function placesOf(line) {
    const own = runs().filter(({ source }) => Array.isArray(source) && source[0] <= line && line <= source[1]);
    const have = words((text.value.split("\n")[line - 1] ?? "").replace(/\{\{.*?\}\}/g, " ")).join(" ");
    // Of a paragraph of several lines, those with words of this one.
    const near = own.filter(({ run, source }) => source[0] === source[1] || have.includes(words(run.textContent).slice(0, 3).join(" ")));
    return (near.length ? near : own).map(({ run }) => run);
  }

  function svg(name, attributes) {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  }

  function mark(runs, name) {
    document.querySelectorAll(`#pages .${name}`).forEach((element) => element.remove());
    for (const run of runs) {
      const box = run.getBBox();
      const rect = svg("rect", { class: name, x: box.x - 2, y: box.y, width: box.width + 4, height: box.height });
      run.closest("svg").prepend(rect);
    }
  }

  /** Marks the lines with a finding, and puts a sign beside them in the margin. */
  function markFindings() {
    document.querySelectorAll("#pages .sign-of").forEach((sign) => sign.remove());
    const links = [...document.querySelectorAll("#findings [data-line]")];
    const found = [];
    for (const link of links) {
      const own = placesOf(Number(link.dataset.line));
      found.push(...own);
      const first = own[0];
      if (!first) continue;
      const page = first.closest("svg"), box = first.getBBox();
      const said = link.closest("li").querySelector("p").textContent.trim();
      const others = [...page.querySelectorAll(".sign-of")].filter((sign) => Math.abs(sign.dataset.y - box.y) < 8).length;
      const x = 24 + 18 * (others % 2), y = box.y + box.height / 2;
      const sign = svg("g", { class: `sign-of is-${link.dataset.severity}`, tabindex: 0, role: "button", "aria-label": said, "data-line": link.dataset.line, "data-y": box.y });
      const title = svg("title", {});
      title.textContent = said;
      const letters = svg("text", { x, y: y + 4, "text-anchor": "middle", "aria-hidden": "true" });
      letters.textContent = { error: "!", warning: "?" }[link.dataset.severity] ?? "i";
      sign.append(title, svg("circle", { cx: x, cy: y, r: 8 }), letters);
      // Behind the lines of the page, so that they keep their numbers.
      page.append(sign);
    }
    mark(found, "found");
  }

  /** Goes from a line of a page to where it comes from. */
  function follow(run) {
    const own = runs().find((one) => one.run === run)?.source;
    const wanted = words(run.textContent);
    if (Array.isArray(own)) {
      goToLine(bestLine(wanted, own[0] - 1, own[1] - 1), wanted);
    } else if (own?.name) {
      const list = letter.dataset.list ? `list=${encodeURIComponent(letter.dataset.list)}&` : "";
      location.assign(`/roll?${list}q=${encodeURIComponent(own.name)}`);
    } else {
      const told = document.createElement("p");
      told.className = "notice";
      told.textContent = own?.place ? `This line comes from ${own.place}.` : "undersigned writes this line itself.";
      document.getElementById("message").replaceChildren(told);
    }
  }

  // ---- The size of the pages, and of the two sides

  const kept = (name, value) => {
    try {
      if (value === undefined) return localStorage.getItem(name);
      localStorage.setItem(name, value);
    } catch { /* nothing is kept */ }
    return null;
  };

  function startZoom() {
    const bar = document.getElementById("zoom"), room = document.getElementById("pages");
    if (!bar || !room) return;
    bar.hidden = false;
    const set = (wish) => {
      let zoom = Number(wish);
      if (wish === "page") {
        const [, , width, height] = room.querySelector("svg[viewBox]")?.getAttribute("viewBox").split(" ").map(Number) ?? [];
        zoom = width ? Math.min(1, (innerHeight - 200) * width / height / (room.clientWidth - 34)) : 1;
      }
      zoom = Math.max(0.25, Math.min(4, zoom || 1));
      const at = room.scrollTop / room.scrollHeight;
      room.style.setProperty("--zoom", zoom);
      document.getElementById("zoom-now").textContent = `${Math.round(100 * zoom)}%`;
      room.scrollTop = at * room.scrollHeight;
      room.dataset.zoom = zoom;
    };
    bar.addEventListener("click", (event) => {
      const wish = event.target.closest("button")?.dataset.zoom;
      if (!wish) return;
      const now = Number(room.dataset.zoom ?? 1);
      const next = { "+": now * 1.2, "-": now / 1.2, width: 1 }[wish] ?? wish;
      set(next);
      kept("desk-zoom", next);
    });
    set(kept("desk-zoom") ?? 1);
  }

  function startSplitter() {
    const bar = document.getElementById("splitter");
    if (!bar) return;
    bar.hidden = false;
    const set = (share) => {
      share = Math.round(Math.max(20, Math.min(80, share)));
      letter.style.setProperty("--write", `${share}fr`);
      letter.style.setProperty("--see", `${100 - share}fr`);
      bar.setAttribute("aria-valuenow", share);
      kept("desk-split", share);
    };
    const now = () => Number(bar.getAttribute("aria-valuenow"));
    bar.addEventListener("pointerdown", (event) => {
      bar.setPointerCapture(event.pointerId);
      event.preventDefault();
      bar.focus();
    });
    bar.addEventListener("pointermove", (event) => {
      if (!bar.hasPointerCapture(event.pointerId)) return;
      const room = letter.getBoundingClientRect();
      set(100 * (event.clientX - room.left) / room.width);
    });
    bar.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -2, ArrowRight: 2, PageUp: -10, PageDown: 10, Home: -100, End: 100 }[event.key];
      if (!step) return;
      event.preventDefault();
      set(now() + step);
    });
    const share = Number(kept("desk-split"));
    if (share) set(share);
  }

  // ---- Lists of words as chips; the text area that a page without script shows stays behind them.

  function startChips() {
    for (const area of document.querySelectorAll("textarea[data-chips]:not([hidden])")) {
      area.hidden = true;
      const name = document.querySelector(`label[for="${area.id}"]`);
      const box = document.createElement("div"), input = document.createElement("input");
      box.className = "chips";
      Object.assign(input, { type: "text", placeholder: "Add…", autocomplete: "off" });
      input.dataset.chip = "";
      input.id = `${area.id}-add`;
      name.htmlFor = input.id;
      const lines = () => area.value.split("\n").map((line) => line.trim()).filter(Boolean);
      const save = (all) => {
        area.value = all.join("\n");
        draw();
        area.form.requestSubmit();
      };
      const draw = () => {
        box.replaceChildren(...lines().map((line, at) => {
          const chip = document.createElement("span"), away = document.createElement("button");
          chip.className = "chip";
          chip.textContent = line;
          Object.assign(away, { type: "button", textContent: "×" });
          away.setAttribute("aria-label", `Remove ${line}`);
          away.addEventListener("click", () => {
            save(lines().filter((_, other) => other !== at));
            document.getElementById(input.id)?.focus();
          });
          chip.append(away);
          return chip;
        }), input);
      };
      const add = () => {
        const line = input.value.trim();
        if (!line) return;
        input.value = "";
        save([...lines(), line]);
        document.getElementById(input.id)?.focus();
      };
      input.addEventListener("keydown", (event) => {
        if (event.key === "Enter") { event.preventDefault(); add(); }
        if (event.key === "Backspace" && !input.value && lines().length) save(lines().slice(0, -1));
      });
      input.addEventListener("change", add);
      draw();
      area.after(box);
    }
  }

  /** Shows the text below the settings, which have a form of their own. */
  function showBody() {
    const lines = text.value.split("\n"), fences = lines.flatMap((line, at) => (line.trim() === "+++" ? [at] : []));
    if (fences.length < 2) return;
    text.scrollTop = heightOf(lines.slice(0, fences[1] + 1).join("\n")) - 12;
    const at = lines.slice(0, fences[1] + 1).join("\n").length + 1;
    text.setSelectionRange(at, at);
  }

  function edit() {
    text.addEventListener("input", () => {
      tellSaved("");
      clearTimeout(timer);
      timer = setTimeout(save, 60);
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
        const line = text.value.slice(0, text.selectionStart).split("\n").length;
        mark(placesOf(line), "here");
      }, 200);
    });
    document.addEventListener("click", (event) => {
      const to = event.target.closest("[data-line]");
      if (to) { event.preventDefault(); goToLine(to.dataset.line - 1); return; }
      const run = event.target.closest("#pages text");
      if (run && getSelection().isCollapsed) follow(run);
    });
    document.addEventListener("keydown", (event) => {
      const sign = event.target.closest?.(".sign-of");
      if (sign && ["Enter", " "].includes(event.key)) { event.preventDefault(); goToLine(sign.dataset.line - 1); }
    });
    document.addEventListener("desk:swapped", startChips);
    startChips();
    startZoom();
    startSplitter();
    watchPages();
    markFindings();
    const wanted = Number(letter.dataset.lineWanted);
    if (wanted) goToLine(wanted - 1);
    else showBody();
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
  addEventListener("pageshow", () => { isLeaving = false; listen(); });
  listen();
  if (letter) edit();

  // The message was shown; a reload need not show it again.
  const address = new URL(location.href);
  if (address.searchParams.has("said")) {
    address.searchParams.delete("said");
    history.replaceState(null, "", address);
  }
})();
