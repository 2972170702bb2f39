// Measures the search with an index of the size of v1.0 and one three times that size. Prints the median of five rounds in
// milliseconds; fails only if the search does not answer.

import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { SITES, launch, openTab } from "./site.mjs";

const WORDS = "device user group message event policy app role drive item list site team channel sign in risk plan task work book".split(" ");

// Returns an index with `scale` times the entries of v1.0. All names follow from their numbers.
const makeIndex = (place, version, scale) => {
  const names = [];
  const word = (number) => WORDS[number % WORDS.length];
  const capital = (text) => text[0].toUpperCase() + text.slice(1);
  const name = (number, prefix) => `${prefix}${capital(word(number))}${capital(word(Math.floor(number / 7)))}${number}`;
  const add = (text) => names.push(text) - 1;
  const count = (number) => Array.from({ length: number * scale }, (_, index) => index);
  const properties = count(6000).map((index) => add(name(index, word(index * 3))));
  const rows = (kind, number, members) =>
    count(number)
      .map((index) => [
        add(name(index, version[0] + kind)),
        ...Array.from({ length: members }, (_, member) => properties[(index * 31 + member * 17) % properties.length]),
      ])
      .map((row) => row.join(" "))
      .join("\n");
  const methods = ["GET", "POST", "PATCH", "DELETE"].map(add);
  const paths = count(1800).map((index) => [
    add(`/${word(index)}s/{${word(index)}Id}/${name(index, word(index * 5))}`),
    ...methods.slice(0, 1 + (index % 3)),
  ]);
  const pages = count(3700).map((index) => [
    add(`${capital(word(index))} ${word(index * 3)} ${index}`),
    add(`${word(index)}-${word(index * 3)}-${index}`),
  ]);
  const join = (rows) => rows.map((row) => row.join(" ")).join("\n");
  const groups = [
    { kind: "type", version, href: `${version}/types/*.html`, member: "property", anchor: "p-*", rows: rows("Type", 1300, 10) },
    { kind: "enum", version, href: `${version}/types/*.html`, member: "member", anchor: "p-*", rows: rows("Enum", 450, 8) },
    { kind: "operation", version, href: `${version}/operations/*.html`, rows: join(paths) },
    { kind: "page", version, href: `pages/${version}/api/*.html`, rows: join(pages) },
  ];
  return { place, names: names.join("\n"), groups };
};

const folder = join(process.env.REPORT_TOOLS, "speed");
mkdirSync(folder, { recursive: true });
cpSync(join(SITES["docs-input"], "assets"), join(folder, "assets"), { recursive: true });
cpSync(join(SITES["docs-input"], "index.html"), join(folder, "index.html"));
for (const [place, [version, scale]] of [["v1.0", 1], ["beta", 3]].entries()) {
  mkdirSync(join(folder, version), { recursive: true });
  writeFileSync(join(folder, version, "search.js"), `graphwrightSearchIndex(${JSON.stringify(makeIndex(place, version, scale))});`);
}

const browser = await launch();
const tab = await openTab(browser);
await tab.goto(pathToFileURL(join(folder, "index.html")).href);
const queries = ["u", "us", "user", "userGroup12", "type", "GET /users/{id}", "user group", "get message", "vTypeDeviceDevice1.user", "zzz"];
const times = await tab.evaluate(async (queries) => {
  const box = document.getElementById("search");
  const status = box.form.querySelector("[role=status]");
  const query = async (text) => {
    box.value = text;
    const start = performance.now();
    const answered = new Promise((resolve) => new MutationObserver(resolve).observe(status, { childList: true }));
    box.dispatchEvent(new Event("input"));
    await answered;
    return performance.now() - start;
  };
  box.focus();
  const load = await query("load");
  const results = [];
  for (const text of queries) {
    const times = [];
    for (let round = 0; round < 5; round++) {
      times.push(await query(text));
    }
    results.push([text, times.sort((a, b) => a - b)[2]]);
  }
  return [["load and first query", load], ...results];
}, queries);
for (const [query, time] of times) {
  console.log(`search: ${time.toFixed(1).padStart(6)} ms  ${query}`);
}
await browser.close();
