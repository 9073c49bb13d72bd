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

  /** Puts in place each live part of a page that differs; keeps focus and reading place. */
  function swap(page) {
    for (const part of document.querySelectorAll("[data-live][id], #message")) {
      const fresh = page.getElementById(part.id);
      if (!fresh || fresh.isEqualNode(part)) continue;
      if (part.id === "message" && !fresh.childNodes.length) continue;
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
        swap(page);
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

  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-swap]")) {
      event.preventDefault();
      send(event.target, event.submitter);
    }
  });

  // A browser opens six connections to a host: a tab that nobody looks at holds none.
  let source = null;
  function listen() {
    if (document.hidden) {
      source?.close();
      source = null;
    } else if (!source) {
      source = new EventSource("/events");
      let opened = false;
      source.addEventListener("open", () => {
        document.documentElement.classList.remove("is-ended");
        if (opened) refresh();
        opened = true;
      });
      source.addEventListener("error", () => document.documentElement.classList.add("is-ended"));
      source.addEventListener("changed", refresh);
    }
  }
  document.addEventListener("visibilitychange", () => {
    listen();
    if (!document.hidden) refresh();
  });
  addEventListener("pagehide", () => { source?.close(); source = null; });
  addEventListener("pageshow", listen);
  listen();

  // The message was shown; a reload need not show it again.
  const address = new URL(location.href);
  if (address.searchParams.has("said")) {
    address.searchParams.delete("said");
    history.replaceState(null, "", address);
  }
})();
