#!/usr/bin/env node
// Measures how quick the desk is: node bench/desk/run.mjs [PROGRAM] [ROWS] [--json]
//
// Makes a workspace with the sample letter and a list of ROWS made-up names (5,000), opens the
// desk, and prints milliseconds: wall time, what a person waits, and on Linux the processor time
// of the desk meanwhile, which says the same on a busy machine. First over plain HTTP: the roll,
// the questions, an answer (the form's POST, and the page after it), an undo, an edit of a cell, and of
// a name.
// Each figure is the median of its runs, then the longest. Then, if tests/desk has its packages
// (npm ci), in Chromium: from the last key in a letter to the new page on the screen, with the
// pause of 60 ms that the desk waits for.

import { spawn, execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const top = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const words = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const program = path.resolve(words[0] ?? path.join(top, "target/release/undersigned"));
const rows = Number(words[1] ?? 5000);
const asJson = process.argv.includes("--json");
const ROUNDS = 9;

/** Returns a list in the shape of a form's export, the same bytes each time. Of 50 rows, one
 * is another spelling that is merged, and one that is asked about; of 1,000, one withdrew in
 * words. */
function list() {
  const heads = "Aspen Badger Basil Beacon Birch Bishop Bramble Bronze Candle Cedar Chapel Cherry Clover Cotton Crimson Crystal Cypress Dolphin Emerald Feather Flint Forge Glass Golden Granite Gypsum Harvest Hemlock Hickory Honey Indigo Juniper Kestrel Lantern Laurel Lavender Limestone Magnolia Mulberry Myrtle Obsidian Orchard Oyster Paddock Pebble Pepper Pigeon Quartz".split(" ");
  const tails = "acre bluff borough bottom bourne branch bridge brook canyon cottage flats forest harbor heights hollow island junction knoll landing minster prairie quarry rapids summit thorpe".split(" ");
  const subjects = ["Housing", "Immigrant Rights", "Food", "Climate", "Worker", "Tenant", "Youth", "Legal", "Literacy", "Veterans"];
  const kinds = ["Alliance", "Coalition", "Network", "Center", "Project", "Collective", "Council"];
  const states = ["NM", "TX", "CA", "NY", "TN"];
  const name = (at) => `${heads[at % heads.length]}${tails[Math.floor(at / heads.length) % tails.length]} ${subjects[at % subjects.length]} ${kinds[Math.floor(at / 1200) % kinds.length]}`;
  let text = "Timestamp,Organization Name,Your Name,Email,City,State\n";
  for (let at = 0; at < rows; at++) {
    const own = at % 50 === 49 ? `The ${name(at - 20)}` : at % 50 === 48 ? name(at - 30).replace(/ [^ ]+$/, "") : at % 1000 === 47 ? `${name(at)} (withdrawn)` : name(at);
    text += `1/${1 + (at % 28)}/2026 9:${String(at % 60).padStart(2, "0")}:00,${own},Signer ${at},s${at}@example.org,Town ${at % 300},${states[at % 5]}\n`;
  }
  return text;
}

const LETTER = `+++
kind = "letter"
title = "Fund the library"
date = 2026-03-02
language = "en-US"
salutation = "Dear Mayor Lee:"
closing = "Sincerely,"
signatories = ["../signatories/big.csv"]
+++
On behalf of {{ signatories.count|words }} organizations, we ask you to fund the library.
`;

const root = fs.mkdtempSync(path.join(os.tmpdir(), "undersigned-bench-"));
const work = path.join(root, "work");
execFileSync(program, ["new", work], { stdio: "ignore" });
const sample = fs.readdirSync(path.join(work, "letters")).find((name) => name.endsWith(".md")).replace(/\.md$/, "");
fs.writeFileSync(path.join(work, "signatories/big.csv"), list());
fs.writeFileSync(path.join(work, "letters/big.md"), LETTER);

const desk = spawn(program, ["serve", "--no-open"], { cwd: work, stdio: ["ignore", "pipe", "inherit"] });
const link = await new Promise((done) => desk.stdout.once("data", (data) => done(String(data).trim())));
const base = new URL(link).origin;
const figures = {};

/** Returns the processor time that the desk has taken so far, in milliseconds. */
function processor() {
  try {
    const fields = fs.readFileSync(`/proc/${desk.pid}/stat`, "utf8").split(") ")[1].split(" ");
    return 10 * (Number(fields[11]) + Number(fields[12]));
  } catch {
    return NaN;
  }
}

/** Keeps a figure: the median of some runs, and the longest; the mean of the processor time. */
function keep(name, runs, processors = []) {
  const sorted = [...runs].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)], most = sorted.at(-1);
  const mean = processors.reduce((sum, one) => sum + one, 0) / processors.length;
  figures[name] = { median, most, runs: sorted.length, processor: Number.isNaN(mean) ? null : mean };
  const used = Number.isNaN(mean) ? "" : `; processor ${mean.toFixed(0)} ms`;
  if (!asJson) console.log(`${name.padEnd(44)} ${median.toFixed(0).padStart(5)} ms, at most ${most.toFixed(0).padStart(5)} of ${sorted.length}${used}`);
}

/** Keeps what the runs of an act took: what is saved, and that with the next page. */
function keepAct(act, done) {
  keep(`${act}: saved`, done.map((one) => one.ms), done.map((one) => one.own));
  keep(`${act}: saved, and the next page`, done.map((one) => one.all));
}

/** Waits, so that what the desk counts anew in the background is done. */
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

async function overHttp() {
  const entered = await fetch(link, { redirect: "manual" });
  const cookie = entered.headers.get("set-cookie").split(";")[0];
  const get = async (address) => {
    const begun = performance.now();
    const answer = await fetch(base + address, { headers: { cookie } });
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`${address}: ${answer.status}`);
    return { ms: performance.now() - begun, text };
  };
  const post = async (address, fields) => {
    const [used, begun] = [processor(), performance.now()];
    const answer = await fetch(base + address, { method: "POST", redirect: "manual", headers: { cookie, origin: base }, body: new URLSearchParams(fields) });
    const text = await answer.text();
    const [ms, own] = [performance.now() - begun, processor() - used];
    if (answer.status !== 303) throw new Error(`${address}: ${answer.status}: ${text.slice(0, 2000)}`);
    const after = await get(answer.headers.get("location"));
    return { ms, own, all: ms + after.ms, text: after.text };
  };
  const several = async (name, address, rounds = ROUNDS) => {
    const runs = [];
    for (let at = 0; at < rounds; at++) runs.push((await get(address)).ms);
    keep(name, runs);
  };
  const field = (text, name) => text.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1];
  keep("the first page", [(await get("/")).ms]);
  await several("roll", "/roll?list=big.csv");
  await several("roll, searched", "/roll?list=big.csv&q=harbor");
  await several("roll, one state", "/roll?list=big.csv&state=CA");
  await several("questions", "/questions?list=big.csv");
  await several("check", "/check");
  const acts = [["answer about a row", 3, false], ["answer about two names", ROUNDS, true], ["undo of an answer", ROUNDS]];
  for (const [act, rounds, isPair] of acts) {
    const done = [];
    const isAnswer = isPair !== undefined;
    const target = `/questions/${isAnswer ? "answer" : "undo"}`;
    // Rows are asked about first: those that are not measured are answered all the same.
    while (done.length < rounds) {
      const { text } = await get("/questions?list=big.csv");
      const form = text.split(`action="${target}"`)[1];
      if (!form) break;
      const fields = { token: field(form, "token"), seen: field(form, "seen"), list: "big.csv" };
      if (isAnswer) Object.assign(fields, { key: field(form, "key"), answer: form.match(/name="answer" value="([^"]*)"/)[1] });
      else fields.start = field(form, "start");
      const one = await post(target, fields);
      if (!isAnswer || isPair === (fields.answer === "same")) done.push(one);
      await pause(1200);
    }
    keepAct(act, done);
  }
  for (const [act, cell] of [["a row edited", (at) => ({ city: `Town ${at}x` })], ["a name edited", (at) => ({ name: `Newacre ${at} Housing Alliance` })]]) {
    const done = [];
    for (let at = 0; at < ROUNDS; at++) {
      const row = (await get("/roll?list=big.csv")).text.match(/data-row="(\d+)"/)[1];
      const { text } = await get(`/roll?list=big.csv&row=${row}`);
      const form = text.split('action="/roll/edit"')[1];
      const was = field(form, "was");
      done.push(await post("/roll/edit", { token: field(form, "token"), seen: field(form, "seen"), list: "big.csv", row, was, ...cell(at) }));
      await pause(1200);
    }
    keepAct(act, done);
  }
  return cookie;
}

/** Types in the sample letter, and waits for the page to show it. */
async function inBrowser(cookie) {
  let playwright;
  try {
    playwright = createRequire(path.join(top, "tests/desk/package.json"))("playwright-core");
  } catch {
    console.error("typing is not measured: run `npm ci` in tests/desk first");
    return;
  }
  const browser = await playwright.chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const [name, value] = cookie.split("=");
  await context.addCookies([{ name, value, url: base }]);
  const page = await context.newPage();
  for (const [letter, what] of [[sample, "the sample letter"], ["big", `a letter with ${rows.toLocaleString("en-US")} rows`]]) {
    const opened = performance.now();
    await page.goto(`${base}/letters/${letter}`, { timeout: 300_000 });
    keep(`opened, ${what}`, [performance.now() - opened]);
    await page.waitForFunction(() => document.querySelector("#pages svg text"));
    const runs = [];
    for (let at = 0; at < (letter === "big" ? 3 : ROUNDS); at++) {
      await pause(900);
      const word = `word${at}x`;
      runs.push(await page.evaluate(async (word) => {
        const text = document.querySelector("#text"), pages = document.querySelector("#pages");
        const seen = new Promise((done) => {
          const look = () => pages.textContent.includes(word) && (watch.disconnect(), done());
          const watch = new MutationObserver(look);
          watch.observe(pages, { childList: true, subtree: true, characterData: true });
        });
        const begun = performance.now();
        text.value = `${text.value.trimEnd()} ${word}\n`;
        text.dispatchEvent(new Event("input", { bubbles: true }));
        await seen;
        await new Promise((done) => requestAnimationFrame(done));
        return performance.now() - begun;
      }, word));
    }
    keep(`typed to seen, ${what}`, runs);
  }
  await browser.close();
}

try {
  await inBrowser(await overHttp());
} finally {
  desk.kill();
  fs.rmSync(root, { recursive: true, force: true });
}
if (asJson) console.log(JSON.stringify(figures, null, 2));
