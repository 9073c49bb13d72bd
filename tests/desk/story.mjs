// Walks through the tutorial of the desk: from a draft and a messy export to a release that
// is verified. Run: node story.mjs PATH-OF-undersigned [PICTURES]
//
// Without PICTURES it is a test of what docs/TUTORIALS.md promises, with script and then
// without; with PICTURES it takes the tutorial's pictures.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";

const program = path.resolve(process.argv[2] ?? "../../target/debug/undersigned");
const pictures = process.argv[3] && path.resolve(process.argv[3]);
/** Opens the desk of a folder. */
async function open(root) {
  const child = spawn(program, ["serve", "--no-open"], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const link = await new Promise((resolve, reject) => {
    child.stdout.once("data", (data) => resolve(String(data).split("\n")[0]));
    child.once("exit", (code) => reject(new Error(`the desk ended with ${code}`)));
  });
  return { link, base: new URL(link).origin, end: () => child.kill("SIGINT") };
}

async function story(browser, hasScript) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "desk-story-"));
  const root = path.join(folder, "library-campaign");
  execFileSync(program, ["new", "library-campaign", "--example"], { cwd: folder, stdio: "ignore" });
  // What the tutorial begins with.
  const draft = path.join(root, "example/library.html");
  const responses = path.join(root, "example/responses.csv");
  const read = (file) => fs.readFileSync(path.join(root, file), "utf8");
  const desk = await open(root);
  const problems = [];
  try {
    const context = await browser.newContext({
      javaScriptEnabled: hasScript, acceptDownloads: true, viewport: { width: 1280, height: 800 }, reducedMotion: "reduce",
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (line) => { if (line.type() === "error") problems.push(`${page.url()}: ${line.location().url}: ${line.text()}`); });
    const picture = async (name) => {
      if (!pictures) return;
      await page.evaluate(() => document.fonts.ready);
      // The numbers in the rail come when they are counted.
      await page.waitForTimeout(4000);
      await page.screenshot({ path: path.join(pictures, `tutorial-${name}.png`) });
    };
    await page.goto(desk.link);

    // 1. The draft becomes a letter.
    await page.getByText("Start from a Word draft").click();
    await page.setInputFiles("#draft-file", draft);
    await page.getByRole("button", { name: "Look at the draft" }).click();
    await page.getByText("2 tracked changes to decide").waitFor();
    await page.getByRole("button", { name: "Accept all" }).click();
    await page.getByText("What it becomes").waitFor();
    await page.getByLabel("Paragraphs that are all bold").selectOption("headings");
    await picture("draft");
    await page.getByRole("button", { name: "Create the letter" }).click();
    await page.getByText("Created letters/library.md from the draft").waitFor();
    assert.match(read("letters/library.md"), /## Why now/);
    assert.match(read("letters/library.md"), /at two/);

    // 2. The export is imported.
    await page.goto(`${desk.base}/import`);
    await page.setInputFiles("#file", responses);
    await page.getByLabel("Add them to").selectOption("library.csv");
    await page.getByRole("button", { name: "Look at the rows" }).click();
    await page.getByRole("columnheader", { name: "Is read as" }).waitFor();
    await page.getByLabel("What “Fav color” is read as").selectOption("notes");
    await page.getByRole("button", { name: "Apply" }).click();
    await picture("import");
    await page.getByRole("button", { name: "Accept" }).click();
    await page.getByText(/Imported into library.csv/).waitFor();
    assert.match(read("signatories/library.csv"), /River Tenants/);

    const download = async (link) => {
      const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
      const copy = path.join(folder, file.suggestedFilename());
      await file.saveAs(copy);
      return copy;
    };

    // 3. One question goes to a colleague, whose answer comes back.
    await page.goto(`${desk.base}/questions?list=library.csv`);
    await page.getByText("Ask a colleague").click();
    const workbook = await download(page.getByRole("button", { name: "Workbook (.xlsx)" }));
    assert.equal(fs.readFileSync(workbook).subarray(0, 2).toString(), "PK");
    const asked = fs.readFileSync(await download(page.getByRole("button", { name: "Page (.html)" })), "utf8");
    assert.match(asked, /Harbor Readers/);
    assert.doesNotMatch(asked, /kim@harbor\.example/);
    const key = asked.match(/q-[0-9a-f]{16}/)[0];
    const answers = path.join(folder, "ana.csv");
    fs.writeFileSync(answers, `Key,Answer\n${key},it withdrew: leave it out\nq-0000000000000000,it withdrew: leave it out\n`);
    await page.setInputFiles("#answers-file", answers);
    await page.getByLabel("Who answered, where a file does not say").fill("Ana Ruiz");
    await page.getByRole("button", { name: "Look at the answers" }).click();
    await page.getByText(/Will be saved/).waitFor();
    await page.getByText(/To questions that are not open/).waitFor();
    await picture("answers");
    assert.equal(fs.existsSync(path.join(root, "signatories/decisions.toml")), false);
    await page.getByRole("button", { name: "Save 1 answer" }).click();
    await page.getByText(/^Saved: 1 answer by Ana Ruiz/).waitFor();
    assert.match(read("signatories/decisions.toml"), /by = "Ana Ruiz"/);
    // It is one act, and is taken back like any.
    await page.locator("#answered").getByRole("button", { name: /Undo/ }).first().click();
    await page.getByText(/^Taken back: /).waitFor();

    // The questions are answered.
    await page.goto(`${desk.base}/questions?list=library.csv`);
    await page.getByText("Answer under your name").click();
    await page.getByLabel("Your name, kept in each answer").fill("Rosa Díaz");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText(/You answer as/).waitFor();
    for (let answers = 0; await page.locator("[data-question]").count(); answers++) {
      assert.ok(answers < 10, "the questions come to an end");
      const key = await page.locator("[data-question]").getAttribute("data-question");
      const isPair = await page.locator(".sides").count();
      if (isPair) await picture("questions");
      const button = page.locator(`.choices [name=answer]${isPair ? "[value=same]" : ""}`).first();
      if (hasScript) {
        await page.keyboard.press(await button.getAttribute("data-key"));
        await page.waitForFunction((key) => document.querySelector("[data-question]")?.dataset.question !== key, key);
      } else {
        await button.click();
      }
    }
    await page.getByText(/Every question of library.csv is answered/).waitFor();
    const decisions = read("signatories/decisions.toml");
    assert.match(decisions, /answer = "withdrawn"/);
    assert.match(decisions, /answer = "same"/);
    assert.match(decisions, /by = "Rosa Díaz"/);
    // An answer about a column is among the answers, and can be taken back.
    assert.match(await page.locator("#answered").innerText(), /Column: “Fav color” is read as notes/);

    // 4. The letter is looked at, and an addressee's title is written in the settings.
    await page.goto(`${desk.base}/letters/library`);
    await page.locator("summary", { hasText: "Settings" }).click();
    await page.locator("#to-0-title").fill("Mayor of Springfield");
    await page.locator("#to-0-address").fill("1 Main Street\nSpringfield, OH 45501");
    if (hasScript) {
      await page.locator("#to-0-name").focus();
      await page.waitForFunction(() => ['title = "Mayor of Springfield"', '["1 Main Street", "Springfield, OH 45501"]']
        .every((line) => document.querySelector("#text").value.includes(line)));
    } else {
      await page.getByRole("button", { name: "Save settings" }).click();
      await page.getByText("Settings saved.").waitFor();
    }
    assert.match(read("letters/library.md"), /title = "Mayor of Springfield"\n?/);
    assert.match(read("letters/library.md"), /address = \["1 Main Street", "Springfield, OH 45501"\]/);
    await page.goto(`${desk.base}/letters/library`);
    assert.match(await page.locator("#pages").textContent(), /Alder Street Clinic/);
    await picture("letter");

    // 5. The first letter and its sample are not needed: its rows are deleted under Check.
    await page.goto(`${desk.base}/check`);
    const samples = page.getByRole("button", { name: /^Delete \d+ rows of the sample/ });
    await samples.click();
    await page.getByText(/^Deleted \d+ rows of the sample/).waitFor();
    assert.doesNotMatch(read("signatories/first-letter.csv"), /Exampleville/);

    // 6. The letter is released, and a file is verified.
    await page.goto(`${desk.base}/releases?letter=library`);
    const reason = page.getByLabel("Reason, kept in the release");
    if (await reason.count()) await reason.fill("the date is that of the draft");
    await page.getByRole("button", { name: "Release", exact: true }).click();
    await page.getByText(/^Release 1 of library: /).waitFor();
    const copy = await download(page.locator("#releases").getByRole("link", { name: /\.pdf$/ }).first());
    await page.setInputFiles("#file", copy);
    await page.getByRole("button", { name: "Verify" }).click();
    await page.getByText(/^Yes: .* is a file of library, release 1/).waitFor();
    await picture("release");

    // The release is delivered, and the signatories are thanked: files, and nothing is sent.
    await page.getByRole("link", { name: "Deliver release 1" }).click();
    await page.getByText("upload/02-library.pdf").waitFor();
    await page.setInputFiles("#attach", { name: "study.pdf", mimeType: "application/pdf", buffer: fs.readFileSync(copy) });
    const docket = fs.readFileSync(await download(page.getByRole("button", { name: "Download library-docket.zip" })), "latin1");
    assert.match(docket, /upload\/03-study\.pdf/);
    await page.getByRole("link", { name: "Press", exact: true }).click();
    await page.getByText("signatories.csv").first().waitFor();
    await picture("deliver");
    await page.getByRole("link", { name: "Back to the releases" }).click();
    await page.getByRole("link", { name: "Tell the signatories" }).click();
    await page.getByText("Thank you, the letter is out").click();
    await page.getByLabel("Address of the letter on the web").fill("https://example.org/library");
    await page.getByRole("button", { name: "Look at the drafts" }).click();
    await page.getByText("https://example.org/library").first().waitFor();
    await picture("tell");
    const drafts = fs.readFileSync(await download(page.getByRole("button", { name: /^Download \d+ drafts?$/ })), "latin1");
    assert.match(drafts, /River-Tenants\.eml/);
    // Who was invited and has not signed is reminded; the list stays in memory.
    await page.getByText("The list of who was invited is in another file").click();
    const invited = "name,email\nRiver Tenants,ana@river.example\nOak Hall,oak@oak.example\n";
    await page.setInputFiles("#invited-file", { name: "invited.csv", mimeType: "text/csv", buffer: Buffer.from(invited) });
    await page.getByRole("button", { name: "Look at the reminders" }).click();
    await page.getByText(/^Signed already/).waitFor();
    const reminders = fs.readFileSync(await download(page.getByRole("button", { name: "Download 1 draft" })), "latin1");
    assert.match(reminders, /Oak-Hall\.eml/);
    assert.doesNotMatch(reminders, /River-Tenants\.eml/);
    for (const none of ["output/library/deliver", "output/library/tell", "signatories/invited.csv"]) {
      assert.equal(fs.existsSync(path.join(root, none)), false, none);
    }

    // 7. One more signs; what changed is told, and partners get a redline.
    await page.goto(`${desk.base}/roll?list=library.csv`);
    await page.getByText("Add a late signer").click();
    await page.locator("#late").getByLabel("Name", { exact: true }).fill("New Voices");
    await page.getByRole("button", { name: "Add to library.csv" }).click();
    await page.getByText("Added New Voices").waitFor();
    await page.goto(`${desk.base}/releases?letter=library`);
    assert.match(await page.locator("#paragraph").inputValue(), /New Voices/);
    const redline = await download(page.getByRole("link", { name: "redline.docx" }));
    assert.equal(fs.readFileSync(redline).subarray(0, 2).toString(), "PK");

    // A redline is a draft with tracked changes, and they are asked about.
    await page.goto(desk.base);
    await page.getByText("Start from a Word draft").click();
    await page.setInputFiles("#draft-file", redline);
    await page.getByRole("button", { name: "Look at the draft" }).click();
    await page.getByText(/tracked changes? to decide/).waitFor();
    await context.close();
  } finally {
    desk.end();
    fs.rmSync(folder, { recursive: true, force: true });
  }
  assert.deepEqual(problems, []);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
});
try {
  await story(browser, true);
  if (!pictures) await story(browser, false);
} finally {
  await browser.close();
}
console.log(pictures ? "pictures taken" : "story: ok");
