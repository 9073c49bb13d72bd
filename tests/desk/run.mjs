// Tries the desk in a browser, as people use it: node run.mjs PATH-OF-UNDERSIGNED [PICTURES]
//
// Every screen of the rail, light and dark, at three widths, must be without a violation of
// axe's rules, an error, a report of the content policy, a request of another host, or a
// line that is too wide. Then a person's acts, with script and without.

import { chromium } from "playwright-core";
import { spawn, execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const program = path.resolve(process.argv[2] ?? "../../target/debug/undersigned");
const pictures = process.argv[3];
const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const root = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "undersigned-desk-")), "we-are-home");
const file = (name) => path.join(root, name);
const read = (name) => fs.readFileSync(file(name), "utf8");

const LETTER = `+++
kind = "letter"
title = "Fund the library"
date = 2026-03-02
language = "en-US"
salutation = "Dear Mayor Lee:" # formal
closing = "Sincerely,"
signatories = ["../signatories/budget.csv"]

[[to]]
name = "The Honorable Kim Lee"
title = "Mayor"
+++
On behalf of {{ signatories.count|words }} organizations, we ask you to fund the library.

The reading room on Alder Street closed in May. TODO: say why it matters.
`;
const LIST = `name,email
Alder Street Clinic,a@alder.example
UndocuBlack,info@undocublack.example
UndocuBlack Network,info@undocublack.example
Harwell Village (withdrawn),h@harwell.example
Birch Hill Union,b@birch.example
`;

function makeWorkspace() {
  fs.mkdirSync(root);
  for (const folder of ["letters", "signatories"]) fs.mkdirSync(file(folder));
  fs.writeFileSync(file("undersigned.toml"), "[letterhead]\nname = \"Friends of the Library\"\n");
  fs.writeFileSync(file("letters/budget.md"), LETTER);
  fs.writeFileSync(file("signatories/budget.csv"), LIST);
}

/** Starts the desk; returns the process and the link. */
async function serve() {
  const desk = spawn(program, ["serve", "--no-open"], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const link = await new Promise((resolve, reject) => {
    desk.stdout.once("data", (data) => resolve(String(data).trim()));
    desk.once("exit", () => reject(new Error("the desk did not open")));
  });
  return { desk, link };
}

const faults = [];

/** Opens a page that notes every fault. */
async function watched(context, base) {
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on("console", (line) => {
    // A clash is answered with 409, which the browser reports.
    if (line.type() === "error" && !line.text().includes("409")) faults.push(`${page.url()}: ${line.text()}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(base) && !request.url().startsWith("data:")) faults.push(`asked ${request.url()}`);
  });
  return page;
}

async function ready(page) {
  await page.waitForLoadState("load");
  await page.evaluate(() => document.fonts.ready);
}

/** Drops a Word draft with tracked changes, as a person does; returns the address of what is asked. */
async function takeDraft(page, base) {
  await page.getByText("Start from a Word draft").click();
  await page.setInputFiles("#draft-file", path.resolve("../../examples/drafts/library.html"));
  await page.getByRole("button", { name: "Look at the draft" }).click();
  await page.getByText("tracked changes to decide").waitFor();
  return page.url().slice(base.length);
}

/** Looks at every screen in every way. */
async function lookAtScreens(browser, base, state) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 375, 320]) {
      const context = await browser.newContext({ storageState: state, colorScheme, viewport: { width, height: 800 }, reducedMotion: "reduce" });
      const page = await watched(context, base);
      await page.goto(base);
      const rail = await page.$$eval("#rail a", (links) => links.map((link) => link.getAttribute("href")));
      const views = ["html", "email", "text"].map((view) => `/letters/budget?view=${view}`);
      const draft = await takeDraft(page, base);
      const out = ["/releases/deliver", "/releases/tell", "/releases/tell?about=listing", "/releases/tell?about=reminder"];
      for (const address of [...rail, "/letters/budget", ...views, draft, `${draft}&changes=accept`, ...out, "/nothing"]) {
        await page.goto(base + address);
        await ready(page);
        await page.$$eval("#colleagues, #draft", (folds) => folds.forEach((fold) => { fold.open = true; }));
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (wide > 0) faults.push(`${address} at ${width}: ${wide} px too wide`);
        await page.evaluate(axe);
        const found = await page.evaluate(() => window.axe.run(document, { iframes: false }));
        for (const { id, nodes } of found.violations) {
          faults.push(`${address} ${colorScheme} ${width}: ${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`);
        }
      }
      await context.close();
    }
  }
  // The answer for a page that is not there is an error in the browser's eyes.
  const expected = (fault) => fault.includes("/nothing") && fault.includes("404");
  for (let at = faults.length; at--;) if (expected(faults[at])) faults.splice(at, 1);
}

/** Says what takes longer than a moment, and for how long, and no more once it is there. */
async function sayWork(browser, base, state) {
  const context = await browser.newContext({ storageState: state, viewport: { width: 1280, height: 800 } });
  const page = await watched(context, base);
  await page.goto(base);
  const working = page.locator("#working");
  await page.locator("#rail a[href='/import']").click();
  await page.waitForURL(`${base}/import`);
  assert.equal(await working.textContent(), "");
  await page.route("**/check", async (route) => {
    await new Promise((done) => setTimeout(done, 4000));
    await route.continue();
  });
  // A page that is being left is not asked; it tells by itself.
  const said = [];
  page.on("console", (line) => said.push(line.text()));
  await page.evaluate(() => {
    const working = document.getElementById("working");
    new MutationObserver(() => console.log(working.textContent)).observe(working, { childList: true, subtree: true });
  });
  await page.locator("#rail a[href='/check']").click();
  await page.waitForURL(`${base}/check`);
  assert.ok(said.some((line) => /^Check … [1-9] s$/.test(line)), said.join());
  assert.equal(await working.textContent(), "");
  assert.equal(await working.isVisible(), false);
  await context.close();
}

/** Edits a letter, here and elsewhere, with script. */
async function editWithScript(browser, base, state) {
  const context = await browser.newContext({ storageState: state, viewport: { width: 1280, height: 800 } });
  const page = await watched(context, base);
  await page.goto(`${base}/letters/budget`);
  const kept = await page.$eval("#page-1", (figure) => figure.dataset.page);
  const pageText = () => page.$eval("#pages", (pages) => pages.textContent);
  assert.match(await pageText(), /four organizations/);
  assert.match(await page.textContent("#findings"), /TODO/);

  // What is typed is saved, and is on the page.
  const begun = Date.now();
  await page.fill("#text", LETTER.replace("fund the library", "save the library"));
  await page.waitForFunction(() => document.querySelector("#pages").textContent.includes("save the library"));
  console.log(`typed to seen: ${Date.now() - begun} ms`);
  await page.waitForFunction(() => document.querySelector("#saved").textContent === "Saved");
  assert.match(read("letters/budget.md"), /save the library/);
  assert.notEqual(await page.$eval("#page-1", (figure) => figure.dataset.page), kept);

  // A finding has a sign in the margin, which leads to its line.
  const found = () => page.$eval("#text", (text) => text.value.slice(text.selectionStart, text.selectionEnd));
  for (let tries = 0; tries < 20 && !(await found()); tries++) {
    // A page that is drawn anew between the two takes the focus with it.
    await page.locator("#pages .sign-of").first().press("Enter");
    await page.waitForTimeout(100);
  }
  assert.match(await found(), /TODO: say why/);

  // A line that undersigned computed leads to where it comes from: a date to its key, a name to
  // the roll; a line of the workspace's own says so.
  await page.locator("#pages text", { hasText: "March 2, 2026" }).first().click();
  assert.match(await found(), /date = 2026-03-02/);
  await page.locator("#pages text", { hasText: "four organizations" }).first().click();
  assert.match(await found(), /signatories.count/);
  await page.locator("#pages text", { hasText: "Friends of the Library" }).first().click();
  await page.waitForSelector("text=This line comes from undersigned.toml:2");
  await page.locator("#pages text", { hasText: "Birch Hill Union" }).first().click();
  await page.waitForURL("**/roll?list=budget.csv&q=Birch%20Hill%20Union");
  await page.goBack();
  await page.waitForSelector("#pages text");

  // The sides and the pages have the size that somebody gave them, by keys as by the mouse.
  await page.locator("#splitter").focus();
  const width = await page.$eval("#write", (side) => side.clientWidth);
  await page.keyboard.press("PageUp");
  assert.ok(await page.$eval("#write", (side) => side.clientWidth) < width - 40);
  await page.click("[data-zoom='+']");
  assert.equal(await page.textContent("#zoom-now"), "120%");
  await page.reload();
  assert.equal(await page.textContent("#zoom-now"), "120%");
  await page.click("[data-zoom=width]");

  // A click on a line of the page leads to its line in the text.
  await page.locator("#pages text", { hasText: "reading room" }).first().click();
  const chosen = await page.$eval("#text", (text) => text.value.slice(text.selectionStart, text.selectionEnd));
  assert.match(chosen, /reading room on Alder Street/);

  // A setting is saved when its field is left, and its comment in the file stays.
  await page.click("summary:has-text('Settings')");
  await page.fill("#set-salutation", "Dear Mayor:");
  await page.locator("#set-closing").focus();
  await page.waitForFunction(() => document.querySelector("#text").value.includes('salutation = "Dear Mayor:" # formal'));
  await page.waitForFunction(() => document.querySelector("#pages").textContent.includes("Dear Mayor:"));
  assert.equal(await page.evaluate(() => document.activeElement.id), "set-closing");

  // Lists are chips, and addressees cards.
  await page.fill("#set-cc-add", "City Council");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("#text").value.includes('cc = ["City Council"]'));
  await page.click("[aria-label='Remove City Council']");
  await page.waitForFunction(() => !document.querySelector("#text").value.includes("City Council"));
  await page.fill("#to-1-name", "Sam Roe");
  await page.locator("#to-1-title").focus();
  await page.waitForFunction(() => document.querySelector("#text").value.includes('[[to]]\nname = "Sam Roe"'));

  // An edit elsewhere is seen, in two tabs.
  const second = await watched(context, base);
  await second.goto(`${base}/letters/budget`);
  fs.writeFileSync(file("letters/budget.md"), LETTER.replace("fund the library", "open the library"));
  for (const tab of [page, second]) {
    await tab.bringToFront();
    await tab.waitForFunction(() => document.querySelector("#pages").textContent.includes("open the library"));
    await tab.waitForFunction(() => document.querySelector("#text").value.includes("open the library"));
  }
  await second.close();

  // Two edits at once: nothing is written, and both texts are shown.
  await page.bringToFront();
  await page.evaluate(() => { document.querySelector("#editor").seen.value = "none"; });
  await page.locator("#text").focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText("Mine.");
  await page.waitForSelector("text=was changed elsewhere");
  assert.match(await page.inputValue("section:has(#yours) textarea"), /Mine\./);
  assert.ok(!read("letters/budget.md").includes("Mine."));
  await context.close();
}

/** Settles a comment of the draft, as a page with and without script does. */
async function settleComments(browser, base, state) {
  for (const javaScriptEnabled of [true, false]) {
    const comments = '# ours\n[[comment]]\nauthor = "Ana Ruiz"\nabout = "closed in May"\ntext = "Was it not June?"\nparagraph = 2\n';
    fs.writeFileSync(file("letters/budget.comments.toml"), comments);
    const context = await browser.newContext({ storageState: state, javaScriptEnabled });
    const page = await watched(context, base);
    await page.goto(`${base}/letters/budget`);
    assert.match(await page.textContent("#findings"), /Ana Ruiz, on “closed in May”: Was it not June\?/);
    await page.locator("#findings details").evaluate((fold) => { fold.open = true; }).catch(() => {});
    await page.click("#findings button.done");
    await page.waitForSelector("text=The comment is done.");
    assert.equal(read("letters/budget.comments.toml"), `${comments}done = true\n`);
    await context.close();
  }
  fs.rmSync(file("letters/budget.comments.toml"));
}

/** Reads a letter of many pages: those near the reading place are there, others when somebody comes. */
async function readLongLetter(browser, base, state) {
  const paragraphs = Array.from({ length: 360 }, (_, at) => `Paragraph ${at + 1}: the reading room on Alder Street is where the town reads.\n`);
  const long = LETTER.split("\n+++\n")[0] + "\n+++\n" + paragraphs.join("\n");
  fs.writeFileSync(file("letters/long.md"), long);
  for (const width of [1280, 375]) {
    const context = await browser.newContext({ storageState: state, viewport: { width, height: 800 }, reducedMotion: "reduce" });
    const page = await watched(context, base);
    await page.goto(`${base}/letters/long`);
    const count = await page.locator("#pages .page").count();
    assert.ok(count > 9, `${count} pages`);
    const waiting = () => page.locator("#pages [data-waiting]").count();
    assert.ok(await waiting() >= count - 5, `${await waiting()} of ${count} wait`);
    assert.match(await page.textContent("#page-1"), /Paragraph 1:/);
    // A page keeps its place before it is there.
    const height = (number) => page.$eval(`#page-${number} svg`, (svg) => Math.round(svg.getBoundingClientRect().height));
    assert.equal(await height(8), await height(1));
    await page.locator("#page-8").scrollIntoViewIfNeeded();
    await page.waitForFunction(() => /Paragraph \d+:/.test(document.querySelector("#page-8").textContent));
    assert.ok(await waiting() > 0, "pages far away still wait");
    // A line of such a page leads to its line in the text, and what is typed there is seen there.
    const line = await page.locator("#page-8 text", { hasText: /^Paragraph/ }).first();
    const number = (await line.textContent()).match(/Paragraph (\d+)/)[1];
    await line.click();
    const found = await page.$eval("#text", (text) => text.value.slice(text.selectionStart, text.selectionEnd));
    assert.match(found, new RegExp(`^Paragraph ${number}:`));
    const before = await page.$eval("#page-2", (figure) => figure.dataset.page);
    await page.evaluate((number) => {
      const text = document.querySelector("#text");
      text.value = text.value.replace(`Paragraph ${number}:`, `Passage ${number}:`);
      text.dispatchEvent(new Event("input", { bubbles: true }));
    }, number);
    await page.waitForFunction((number) => document.querySelector("#page-8").textContent.includes(`Passage ${number}:`), number);
    assert.equal(await page.$eval("#page-2", (figure) => figure.dataset.page), before);
    // A line more at the beginning moves all that follows: the page that is looked at comes, others wait.
    await page.evaluate(() => {
      const text = document.querySelector("#text");
      text.value = text.value.replace("Paragraph 1:", "One more paragraph.\n\nParagraph 1:");
      text.dispatchEvent(new Event("input", { bubbles: true }));
    });
    await page.waitForFunction(() => document.querySelector("#page-1").textContent.includes("One more paragraph."));
    // On a narrow screen, the click went up to the text.
    await page.locator("#page-8").scrollIntoViewIfNeeded();
    await page.waitForFunction(() => !("waiting" in document.querySelector("#page-8").dataset));
    assert.ok(await waiting() > 0);
    await page.click("a.all-pages");
    await page.waitForLoadState("load");
    assert.equal(await waiting(), 0);
    fs.writeFileSync(file("letters/long.md"), long);
    await context.close();
  }
  const context = await browser.newContext({ storageState: state, javaScriptEnabled: false });
  const page = await watched(context, base);
  await page.goto(`${base}/letters/long`);
  await page.click("text=Show page 8");
  assert.match(page.url(), /page=8#page-8$/);
  assert.match(await page.textContent("#page-8"), /Paragraph \d+:/);
  assert.doesNotMatch(await page.textContent("#page-1"), /Paragraph/);
  await page.click("a.all-pages");
  assert.equal(await page.locator("#pages [data-waiting]").count(), 0);
  await context.close();
  fs.rmSync(file("letters/long.md"));
}

/** Writes all letters, as the next step's button does. */
async function writeLetters(browser, base, state) {
  const context = await browser.newContext({ storageState: state });
  const page = await watched(context, base);
  await page.goto(base);
  const status = await page.evaluate(async () => {
    const token = document.querySelector("[name=token]").value;
    return (await fetch("/write", { method: "POST", body: new URLSearchParams({ token }) })).status;
  });
  assert.equal(status, 200);
  assert.equal(read("output/budget/letter.pdf").slice(0, 5), "%PDF-");
  await context.close();
}

/** Does the same without script. */
async function editWithoutScript(browser, base, state) {
  const context = await browser.newContext({ storageState: state, javaScriptEnabled: false });
  const page = await watched(context, base);
  const before = read("letters/budget.md");
  await page.goto(`${base}/letters/budget`);
  await page.fill("#text", `${before}\nOne more line.\n`);
  await page.click("button.save");
  assert.match(await page.textContent("#message"), /Saved/);
  assert.match(await page.textContent("#pages"), /One more line/);
  await page.goto(`${base}/letters/budget`);
  await page.click("text=/^Undo/");
  assert.match(await page.textContent("#message"), /Undone/);
  assert.equal(read("letters/budget.md"), before);

  await page.goto(`${base}/letters/budget`);
  fs.writeFileSync(file("letters/budget.md"), `${before}\nTheirs.\n`);
  await page.fill("#text", `${before}\nMine.\n`);
  await page.click("button.save");
  assert.match(await page.inputValue("section:has(#yours) textarea"), /Mine\./);
  assert.match(await page.inputValue("section:has(#theirs) textarea"), /Theirs\./);

  await page.goto(`${base}/letters/budget`);
  await page.click("summary:has-text('Settings')");
  await page.fill("#set-subject", "Fund it");
  await page.click("text=Save settings");
  assert.match(read("letters/budget.md"), /subject = "Fund it"/);

  await page.goto(base);
  await page.selectOption("#new-kind", "petition");
  await page.fill("#new-name", "parks");
  await page.click("text=Create");
  assert.match(page.url(), /\/letters\/parks/);
  assert.match(read("letters/parks.md"), /kind = "petition"/);
  await context.close();
}

/** Takes the pictures of the documentation. */
async function takePictures(browser, base, state) {
  for (const [name, width, height] of [["wide", 1280, 800], ["narrow", 375, 720]]) {
    const context = await browser.newContext({ storageState: state, viewport: { width, height }, colorScheme: "light" });
    const page = await context.newPage();
    const rail = await page.goto(base).then(() => page.$$eval("#rail a", (links) => links.map((link) => link.getAttribute("href"))));
    const screens = { ...Object.fromEntries(rail.map((address) => [address.slice(1) || "workspace", address])), letters: "/letters/dhs-100-days" };
    for (const [screen, address] of Object.entries(screens)) {
      await page.goto(base + address);
      await ready(page);
      await page.waitForTimeout(500);
      await page.screenshot({ path: path.join(pictures, `desk-${screen}-${name}.png`) });
    }
    await context.close();
  }
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
});
let desk;
try {
  if (pictures) fs.cpSync(path.resolve("../.."), root, {
    recursive: true, filter: (from) => !/\/(target|\.git|node_modules|output|src|tests)(\/|$)/.test(from),
  });
  else makeWorkspace();
  const opened = await serve();
  desk = opened.desk;
  const base = new URL(opened.link).origin;
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(opened.link);
  assert.equal(page.url(), `${base}/`);
  const state = await context.storageState();
  await context.close();
  if (pictures) {
    await takePictures(browser, base, state);
  } else {
    await lookAtScreens(browser, base, state);
    await sayWork(browser, base, state);
    await editWithScript(browser, base, state);
    await editWithoutScript(browser, base, state);
    await settleComments(browser, base, state);
    await readLongLetter(browser, base, state);
    await writeLetters(browser, base, state);
    execFileSync(program, ["status"], { cwd: root, stdio: "ignore" });
  }
} finally {
  desk?.kill();
  await browser.close();
  fs.rmSync(path.dirname(root), { recursive: true, force: true });
}
assert.deepEqual(faults, []);
console.log(pictures ? "pictures taken" : "the desk holds");
