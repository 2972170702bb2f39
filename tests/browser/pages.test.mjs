// What holds for every kind of page of every site.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { after, before, test } from "node:test";

import { SITES, VIEWS, findViolations, launch, openTab, pages, samples, saveScreenshot, size, url } from "./site.mjs";

const MAX_PAGE = 200_000;
const MAX_SCRIPTS = 25_000;

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

for (const site of Object.keys(SITES)) {
  for (const [view, options] of Object.entries(VIEWS)) {
    test(`${site}: pages are accessible and without errors, ${view}`, async () => {
      const tab = await openTab(browser, options);
      for (const [kind, paths] of samples(site)) {
        for (const path of paths) {
          await tab.goto(url(site, path));
          const width = await tab.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(width <= options.viewport.width, `${path}: the page is ${width} pixels wide`);
          assert.deepEqual(await findViolations(tab), [], path);
          assert.deepEqual(tab.faults, [], path);
        }
        await saveScreenshot(tab, site, kind, view);
      }
      await tab.context().close();
    });
  }

  test(`${site}: pages and scripts are small`, () => {
    const large = pages(site).filter((path) => size(site, path) > MAX_PAGE);
    assert.deepEqual(large, []);
    const scripts = ["theme", "site", "search"].map((name) => size(site, `assets/${name}.js`));
    const total = scripts.reduce((sum, size) => sum + size, 0);
    assert.ok(total < MAX_SCRIPTS, `the scripts have ${total} bytes`);
  });

  test(`${site}: links lead to pages and anchors, and to no scripts`, () => {
    const entities = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"' };
    const unescape = (text) => text.replaceAll(/&(amp|lt|gt|quot);/g, (entity) => entities[entity]);
    const values = (html, name) => Array.from(html.matchAll(new RegExp(` ${name}="([^"]*)"`, "g")), ([, text]) => unescape(text));
    const anchors = new Map();
    const links = new Map();
    for (const path of pages(site)) {
      const html = readFileSync(join(SITES[site], path), "utf8");
      anchors.set(path, new Set(values(html, "id")));
      links.set(path, new Set(values(html, "href")));
    }
    const dead = [];
    for (const [path, hrefs] of links) {
      for (const href of hrefs) {
        if (href.startsWith("https://")) {
          continue;
        }
        const [file, anchor] = href.split("#");
        const target = file === "" ? path : normalize(join(dirname(path), decodeURIComponent(file)));
        // A fragment with a value is the state of a form: `least.html#operations=get-users`.
        const exists = anchors.has(target)
          ? !anchor || anchor.includes("=") || anchors.get(target).has(decodeURIComponent(anchor))
          : !target.startsWith("..") && existsSync(join(SITES[site], target));
        if (!exists) {
          dead.push(`${path}: ${href}`);
        }
      }
    }
    assert.deepEqual(dead, []);
  });

  test(`${site}: every result of the search leads to a page and an anchor`, async () => {
    const tab = await openTab(browser);
    const ids = new Map();
    const dead = new Set();
    for (const query of "abcdefghijklmnopqrstuvwxyz") {
      await tab.goto(`${url(site, "search.html")}?q=${query}`);
      await tab.locator("#search-status", { hasText: /result/ }).waitFor();
      for (const href of await tab.locator("#search-page a").evaluateAll((links) => links.map((link) => link.href))) {
        const { pathname, hash } = new URL(href);
        const file = decodeURIComponent(pathname);
        if (!ids.has(file)) {
          const html = existsSync(file) ? readFileSync(file, "utf8") : null;
          ids.set(file, html && new Set(Array.from(html.matchAll(/ id="([^"]*)"/g), ([, id]) => id)));
        }
        const found = ids.get(file);
        if (!found || (hash && !found.has(decodeURIComponent(hash.slice(1))))) {
          dead.add(href);
        }
      }
    }
    assert.deepEqual([...dead], []);
    assert.deepEqual(tab.faults, []);
    assert.ok(ids.size > 0);
    await tab.context().close();
  });
}
