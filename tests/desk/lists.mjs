// Tries the screens of lists as people use them: a messy export is imported, every question
// is answered by keys, a row is edited, a letter is checked, released, downloaded, verified.
// Run: node lists.mjs PATH-OF-undersigned
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const program = path.resolve(process.argv[2] ?? "../../target/debug/undersigned");

const LETTER = `+++
kind = "letter"
title = "Keep the library open"
date = 2026-03-02
salutation = "Dear Mayor Example:"
closing = "Respectfully,"
signatories = ["../signatories/spring.csv"]

[[to]]
name = "The Honorable Jordan Example"
title = "Mayor"
organization = "City of Springfield"
+++
The {{ signatories.count|words }} undersigned ask you to keep the the library open on Sundays.
`;

// Rows, pairs and a family to ask about; quotation marks and an own column to keep.
const LIST = `Organization,mine,city,state,status
"Harbor Readers",seat 4,Portland,OR,
Alder Street Clinic, seat 9 ,Portland,OR,
UndocuBlack,,New York,NY,
UndocuBlack Network,,New York,NY,
Harwell Village (withdrawn),,Harwell,TX,
TOTAL,,,,
TOTAL: 12,,,,
Tideline Act,,,,
Tideline Act Ohio,,,OH,
Tideline Act Texas,,,TX,
Tideline Act Maine,,,ME,
`;

// What a form hands out: a time stamp, a question as header, a contact, a row twice.
const EXPORT = `Timestamp,What is the full legal name of your organization?,Contact Person,Email,Fav color
3/14/2026 9:00,River Tenants,Ana Ruiz,ana@river.example,blue
3/14/2026 9:05,Harbor Readers,Ben Okafor,ben@harbor.example,red
3/15/2026 8:00,,Kim Lee,kim@nobody.example,
3/16/2026 8:00,Oak Union / Elm House,Sam Roe,sam@oak.example,green
`;

function workspace() {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "desk-lists-"));
  for (const folder of ["letters", "signatories"]) fs.mkdirSync(path.join(root, folder));
  fs.writeFileSync(path.join(root, "letters/library.md"), LETTER);
  fs.writeFileSync(path.join(root, "signatories/spring.csv"), LIST);
  return root;
}

/** Opens the desk of a folder; returns its link and a way to end it. */
async function open(root) {
  const child = spawn(program, ["serve", "--no-open"], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const link = await new Promise((resolve, reject) => {
    child.stdout.once("data", (data) => resolve(String(data).split("\n")[0]));
    child.once("exit", (code) => reject(new Error(`the desk ended with ${code}`)));
  });
  return { link, base: new URL(link).origin, end: () => child.kill("SIGINT") };
}

/** Fails on any error, any report of the policy, and any request to another host. */
function watch(page, base, problems) {
  page.on("pageerror", (error) => problems.push(`page error: ${error.message}`));
  page.on("console", (message) => {
    const text = message.text();
    // Answers that refuse an act are no fault of the page.
    if (message.type() === "error" && !/status of 4\d\d/.test(text)) problems.push(`console: ${text}`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(base) && !/^(data|blob|about):/.test(url)) problems.push(`foreign request: ${url}`);
  });
}

const main = (page) => page.locator("main");
const read = (root, file) => fs.readFileSync(path.join(root, file), "utf8");

async function importExport(page, base, root) {
  const before = read(root, "signatories/spring.csv");
  await page.goto(`${base}/import`);
  await page.getByLabel("Or paste rows").fill(EXPORT);
  await page.getByRole("button", { name: "Look at the rows" }).click();
  await page.getByRole("columnheader", { name: "Is read as" }).waitFor();
  const color = page.getByLabel("What “Fav color” is read as");
  await color.selectOption("notes");
  await page.getByRole("button", { name: "Apply" }).click();
  assert.equal(await color.inputValue(), "notes");
  assert.match(await main(page).innerText(), /2\s*Added/);
  assert.match(await main(page).innerText(), /1\s*Left out/);
  assert.equal(read(root, "signatories/spring.csv"), before, "nothing is written before it is accepted");
  await page.getByRole("button", { name: "Accept" }).click();
  await page.getByText(/Imported into spring.csv: 2 added, 0 updated, 1 held, 1 left out/).waitFor();
  const after = read(root, "signatories/spring.csv");
  assert.match(after, /\nRiver Tenants,/);
  assert.match(after, /^"Harbor Readers",seat 4,/m);
  assert.match(read(root, "undersigned.toml"), /"Fav color" = "notes"/);
  // One undo takes both files back.
  await page.getByRole("button", { name: /^Undo/ }).first().click();
  await page.getByText(/^Undone: import/).waitFor();
  assert.equal(read(root, "signatories/spring.csv"), before);
  assert.equal(fs.existsSync(path.join(root, "undersigned.toml")), false);
}

async function answerByKeys(page, base, root) {
  await page.goto(`${base}/questions`);
  let answers = 0;
  const seen = new Set();
  while (await page.locator("[data-question]").count()) {
    const key = await page.locator("[data-question]").getAttribute("data-question");
    assert.ok(!seen.has(key), "no question comes twice");
    seen.add(key);
    const all = page.getByRole("checkbox", { name: /Give the same answer/ });
    if (await all.count()) await all.check();
    await page.keyboard.press("1");
    await page.waitForFunction((key) => document.querySelector("[data-question]")?.dataset.question !== key, key);
    answers += 1;
    assert.ok(answers < 20, "the questions come to an end");
  }
  await page.getByText(/Every question of spring.csv is answered/).waitFor();
  const decisions = read(root, "signatories/decisions.toml");
  assert.match(decisions, /family = "Tideline Act"/);
  assert.match(decisions, /answer = "withdrawn"/);
  // The two totals were one answer of the person, and stand as two rows.
  assert.equal(decisions.match(/reason = "total"/g).length, 2);
  return answers;
}

async function undoOne(page, root) {
  const before = read(root, "signatories/decisions.toml");
  const item = page.locator("#answered li", { hasText: "Harwell Village" });
  await item.getByRole("button", { name: /Undo/ }).click();
  await page.getByText(/What does “\(withdrawn\)” mean/).waitFor();
  const after = read(root, "signatories/decisions.toml");
  assert.ok(after.length < before.length && !after.includes("Harwell") && after.includes("Tideline Act"));
  // A key that is typed into a field answers nothing.
  await page.getByText("Print it under another name").click();
  await page.getByLabel("Name to print").focus();
  // An edit elsewhere neither closes the fold nor takes the focus away.
  const asked = page.waitForResponse((answer) => answer.url().includes("/questions"));
  fs.appendFileSync(path.join(root, "letters/library.md"), "\n");
  await (await asked).finished();
  assert.equal(await page.evaluate(() => document.activeElement.id), "print");
  fs.writeFileSync(path.join(root, "letters/library.md"), LETTER);
  await page.getByLabel("Name to print").pressSequentially("1u?2");
  assert.equal(read(root, "signatories/decisions.toml"), after);
  await page.getByLabel("Name to print").fill("");
  await page.locator("#question-title").focus();
  await page.keyboard.press("1");
  await page.getByText(/Every question of spring.csv is answered/).waitFor();
}

async function editRoll(page, base, root) {
  await page.goto(`${base}/roll`);
  const before = read(root, "signatories/spring.csv");
  await page.locator("#sheet tbody th", { hasText: "Alder Street Clinic" }).click({ position: { x: 200, y: 8 } });
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Salem");
  await page.keyboard.press("Enter");
  await page.getByText("Saved.").waitFor();
  assert.equal(read(root, "signatories/spring.csv"), before.replace("Alder Street Clinic, seat 9 ,Portland", "Alder Street Clinic, seat 9 ,Salem"));
  // Two cells one right after the other: the first edit moves the row of the second in the file.
  const edited = read(root, "signatories/spring.csv");
  await page.goto(`${base}/roll`);
  const cities = page.locator("#sheet tbody td[data-column=city]");
  for (const [at, city] of [[0, "A much longer name of a town"], [1, "Bend"], [2, "Vale"]]) {
    await cities.nth(at).dblclick();
    await page.keyboard.type(city);
    await page.keyboard.press("Enter");
  }
  const isThere = () => ["A much longer name of a town", "Bend", "Vale"].every((city) => read(root, "signatories/spring.csv").includes(city));
  for (let tries = 0; !isThere(); tries++) {
    assert.ok(tries < 100, read(root, "signatories/spring.csv"));
    await page.waitForTimeout(100);
  }
  assert.equal(read(root, "signatories/spring.csv").split("\n").length, edited.split("\n").length);
  fs.writeFileSync(path.join(root, "signatories/spring.csv"), edited);
  // The form of a row, the withdrawal, and a late signer.
  await page.goto(`${base}/roll`);
  await page.getByRole("link", { name: "Alder Street Clinic" }).click();
  await page.locator(".drawer").getByLabel("Status").selectOption("pending");
  await page.locator(".drawer").getByRole("button", { name: /^Save/ }).click();
  await page.getByText("Saved.").waitFor();
  assert.match(read(root, "signatories/spring.csv"), /^Alder Street Clinic, seat 9 ,Salem,OR,pending$/m);
  await page.locator(".drawer").getByRole("button", { name: /^Withdraw/ }).click();
  await page.getByText(/^Withdrawn:/).waitFor();
  await page.goto(`${base}/roll`);
  await page.getByText("Add a late signer").click();
  await page.getByLabel("Name", { exact: true }).fill("Willow Press, Inc.");
  await page.getByRole("button", { name: "Add to spring.csv" }).click();
  await page.getByText("Added Willow Press, Inc.").waitFor();
  assert.ok(read(root, "signatories/spring.csv").endsWith('"Willow Press, Inc.",,,,confirmed\n'));
  // A facet narrows, and its counts follow.
  await page.goto(`${base}/roll?status=withdrawn`);
  assert.equal(await page.locator("#sheet tbody tr").count(), 2);
}

async function clash(page, base, root) {
  await page.goto(`${base}/roll`);
  await page.getByRole("link", { name: "Harbor Readers" }).click();
  const file = path.join(root, "signatories/spring.csv");
  const outside = read(root, "signatories/spring.csv").replace("UndocuBlack,", "UndocuBlack Inc,");
  // Edited elsewhere, while the form stays as it was.
  await page.evaluate(() => document.querySelector(".drawer form [name=city]").value = "Bend");
  const form = page.locator(".drawer form");
  const body = await form.evaluate((form) => new URLSearchParams(new FormData(form)).toString());
  fs.writeFileSync(file, outside);
  const status = await page.evaluate(async (body) => {
    const answer = await fetch("/roll/edit", { method: "POST", body: new URLSearchParams(body) });
    return [answer.status, await answer.text()];
  }, body);
  assert.equal(status[0], 409);
  assert.match(status[1], /city: Bend/);
  assert.match(status[1], /UndocuBlack Inc/);
  assert.equal(read(root, "signatories/spring.csv"), outside);
}

async function checkAndRelease(page, base, root) {
  // A finding is one click from its line, with the line chosen.
  await page.goto(`${base}/check`);
  await page.getByRole("link", { name: /^Line 14/ }).click();
  const chosen = await page.locator("#text").evaluate((text) => text.value.slice(text.selectionStart, text.selectionEnd));
  assert.match(chosen, /keep the the library open/);
  await page.goto(`${base}/check`);
  await page.getByRole("button", { name: /^Write “the”/ }).click();
  await page.getByText(/^Fixed in letters\/library.md/).waitFor();
  assert.equal(read(root, "letters/library.md"), LETTER.replace("the the", "the"));
  await page.goto(`${base}/releases`);
  const reason = page.getByLabel("Reason, kept in the release");
  if (await reason.count()) await reason.fill("the deadline is today");
  await page.getByRole("button", { name: "Release", exact: true }).click();
  await page.getByText(/^Release 1 of library: /).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator("#releases").getByRole("link", { name: /\.pdf$/ }).first().click(),
  ]);
  const copy = path.join(root, "copy.pdf");
  await download.saveAs(copy);
  await page.setInputFiles("#file", copy);
  await page.getByRole("button", { name: "Verify" }).click();
  await page.getByText(/^Yes: copy.pdf is a file of library, release 1/).waitFor();
  const bytes = fs.readFileSync(copy);
  bytes[bytes.length >> 1] ^= 1;
  fs.writeFileSync(copy, bytes);
  await page.setInputFiles("#file", copy);
  await page.getByRole("button", { name: "Verify" }).click();
  // Whether the words can still be read depends on where the byte is.
  await page.getByText(/^(No|Not quite): copy.pdf/).waitFor();
  // A name that joins is told in the paragraph.
  fs.appendFileSync(path.join(root, "signatories/spring.csv"), "New Voices,,,,\n");
  await page.goto(`${base}/releases`);
  assert.match(await page.locator("#paragraph").inputValue(), /joined/);
  assert.match(await page.locator("#since").innerText(), /New Voices/);
}

/** Each act on the roll by its form alone, as a page without script has it. */
async function actByForms(page, base, root) {
  const list = () => read(root, "signatories/spring.csv");
  const open = async (name) => {
    await page.goto(`${base}/roll?q=${encodeURIComponent(name)}`);
    await page.locator("#sheet tbody th").getByRole("link", { name, exact: true }).click();
  };
  const before = list();
  await open("Alder Street Clinic");
  await page.locator(".drawer").getByLabel("City").fill("Salem");
  await page.locator(".drawer").getByRole("button", { name: /^Save/ }).click();
  await page.getByText("Saved.").waitFor();
  assert.equal(list(), before.replace("Alder Street Clinic, seat 9 ,Portland", "Alder Street Clinic, seat 9 ,Salem"));
  await page.locator(".drawer").getByRole("button", { name: /^Withdraw/ }).click();
  await page.getByText(/^Withdrawn:/).waitFor();
  assert.match(list(), /^Alder Street Clinic, seat 9 ,Salem,OR,withdrawn$/m);
  await page.getByText("Add a late signer").click();
  await page.locator("#late").getByLabel("Name", { exact: true }).fill("HARBOR READERS");
  await page.locator("#late").getByLabel("City").fill("Portland");
  await page.getByRole("button", { name: "Add to spring.csv" }).click();
  await page.getByText(/Added HARBOR READERS|has this signature already/).waitFor();
  // One spelling is taken out of its group, and the answer undone.
  fs.appendFileSync(path.join(root, "signatories/spring.csv"), "The Harbor Readers,,Portland,OR,\n");
  await page.goto(`${base}/roll?q=harbor`);
  const row = page.locator("#sheet tbody tr", { has: page.locator("td.figure", { hasText: /^[23]$/ }) }).first();
  await row.getByRole("link").first().click();
  await page.getByRole("button", { name: /^Take out ?: The Harbor Readers/ }).click();
  await page.getByText("The Harbor Readers is a signatory of its own now.").waitFor();
  assert.match(read(root, "signatories/decisions.toml"), /answer = "different"/);
  await page.goto(`${base}/roll`);
  await page.getByRole("button", { name: /^Undo/ }).first().click();
  await page.getByText(/^Undone: take The Harbor Readers/).waitFor();
  // A finding is fixed.
  await page.goto(`${base}/check`);
  await page.getByRole("button", { name: /^Write “the”/ }).click();
  await page.getByText(/^Fixed in letters\/library.md/).waitFor();
  assert.equal(read(root, "letters/library.md"), LETTER.replace("the the", "the"));
}

/** Drops the answers of two colleagues who differ; returns the address of what becomes of them. */
async function takeAnswers(page, base) {
  await page.goto(`${base}/questions`);
  const sheet = await page.evaluate(async () => (await fetch("/questions/sheet?list=spring.csv&format=csv")).text());
  const keys = [...new Set(sheet.match(/q-[0-9a-f]{16}/g))];
  const file = (name, answer) => {
    const lines = keys.map((key) => `${key},${answer}`);
    return { name, mimeType: "text/csv", buffer: Buffer.from(`Key,Answer,Your name\n${lines.map((line) => `${line},${name}`).join("\n")}\n`) };
  };
  await page.getByText("Ask a colleague").click();
  await page.setInputFiles("#answers-file", [file("Ana", "one and the same"), file("Ben", "two different signatories")]);
  await page.getByRole("button", { name: "Look at the answers" }).click();
  await page.getByText(/Contradict each other; will not be saved/).waitFor();
  await page.getByText(/Not understood; will not be saved/).waitFor();
  return page.url().slice(base.length);
}

/** Looks at a screen in each size and color. */
async function inspect(browser, storage, base, addresses, problems) {
  for (const colorScheme of ["light", "dark"]) {
    // The library of the inspection is put into the page, which the policy forbids.
    const context = await browser.newContext({ storageState: storage, colorScheme, bypassCSP: true });
    const page = await context.newPage();
    watch(page, base, problems);
    for (const address of addresses) {
      for (const width of [1280, 375, 320]) {
        await page.setViewportSize({ width, height: 800 });
        await page.goto(base + address);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (wide > 0) problems.push(`${address} at ${width}: ${wide} px too wide`);
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => globalThis.axe.run());
        for (const one of violations) problems.push(`${address} ${colorScheme} ${width}: ${one.id}: ${one.nodes[0].html}`);
      }
    }
    await context.close();
  }
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const problems = [];
try {
  const root = workspace();
  const desk = await open(root);
  try {
    const context = await browser.newContext({ acceptDownloads: true });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    watch(page, desk.base, problems);
    await page.goto(desk.link);
    const storage = await context.storageState();
    await importExport(page, desk.base, root);
    const answers = await takeAnswers(page, desk.base);
    await inspect(browser, storage, desk.base, ["/roll", "/roll?row=36", "/questions", answers, "/import", "/check", "/releases"], problems);
    await answerByKeys(page, desk.base, root);
    await undoOne(page, root);
    await editRoll(page, desk.base, root);
    await clash(page, desk.base, root);
    await checkAndRelease(page, desk.base, root);
    const out = ["/releases/deliver", "/releases/deliver?to=web", "/releases/tell?about=thanks"];
    await inspect(browser, storage, desk.base, ["/questions", "/check", "/releases", ...out], problems);
    await context.close();
  } finally {
    desk.end();
  }
  // The same import without script.
  const plain = workspace();
  const other = await open(plain);
  try {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    watch(page, other.base, problems);
    await page.goto(other.link);
    await importExport(page, other.base, plain);
    await page.goto(`${other.base}/questions`);
    await page.getByRole("button", { name: /Withdrawn/ }).click();
    await page.getByText(/^Saved: /).waitFor();
    await page.locator("#answered").getByRole("button", { name: /Undo/ }).first().click();
    await page.getByText(/^Taken back: /).waitFor();
    await page.getByText(/What does “\(withdrawn\)” mean/).waitFor();
    await actByForms(page, other.base, plain);
    await context.close();
  } finally {
    other.end();
  }
  for (const folder of [root, plain]) fs.rmSync(folder, { recursive: true, force: true });
} finally {
  await browser.close();
}
assert.deepEqual(problems, []);
console.log("lists: ok");
