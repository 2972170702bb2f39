// Opens pages of a site in Chromium and records everything that a page must not do.

import { mkdirSync, readFileSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(resolve(process.env.REPORT_TOOLS), "package.json"));
const { chromium } = require("playwright-core");
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

// The sites to test, by name.
export const SITES = Object.fromEntries(
  process.env.REPORT_SITES.split(" ")
    .filter(Boolean)
    .map((entry) => entry.split("="))
    .map(([name, folder]) => [name, resolve(folder)]),
);

// How a page is viewed.
export const VIEWS = {
  light: { viewport: { width: 1200, height: 900 }, colorScheme: "light" },
  dark: { viewport: { width: 1200, height: 900 }, colorScheme: "dark" },
  phone: { viewport: { width: 360, height: 740 }, colorScheme: "light" },
};

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

export const url = (site, path) => pathToFileURL(join(SITES[site], path)).href;

// Opens a tab. `tab.faults` lists console errors, violations of the policy, exceptions, dialogs, failed and external requests.
export const openTab = async (browser, options = VIEWS.light) => {
  const context = await browser.newContext(options);
  const tab = await context.newPage();
  tab.faults = [];
  tab.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      tab.faults.push(`console: ${message.text()}`);
    }
  });
  tab.on("pageerror", (error) => tab.faults.push(`exception: ${error.message}`));
  tab.on("requestfailed", (request) => tab.faults.push(`request failed: ${request.url()}`));
  tab.on("request", (request) => {
    if (!request.url().startsWith("file:")) {
      tab.faults.push(`external request: ${request.url()}`);
    }
  });
  tab.on("dialog", (dialog) => {
    tab.faults.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  return tab;
};

// Returns the violations that axe finds, each with the elements. axe cannot load style sheets from the file system again.
export const findViolations = async (tab) => {
  await tab.evaluate(AXE);
  const violations = await tab.evaluate(async () => (await axe.run({ preload: false, resultTypes: ["violations"] })).violations);
  return violations.map(({ id, help, nodes }) => {
    const elements = nodes.slice(0, 3).map((node) => `${node.target.join(" ")}: ${node.failureSummary}`);
    return `${id}: ${help}: ${elements.join("; ")}`;
  });
};

// Returns the paths of all pages of a site, sorted.
export const pages = (site) =>
  readdirSync(SITES[site], { recursive: true })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".html"))
    .sort();

export const size = (site, path) => statSync(join(SITES[site], path)).size;

const kindOf = (path) =>
  path
    .replace(/^(before\/)?(v1\.0|beta)\//, "$1version/")
    .replace(/^((before\/)?pages)\/.*/, "$1")
    .replace(/\/(?!index\.html$)[^/]*$/, "");

// Returns a sample of the pages of each kind, by kind: the smallest, the largest and one between.
export const samples = (site) => {
  const kinds = new Map();
  for (const path of pages(site)) {
    const kind = kindOf(path);
    kinds.set(kind, [...(kinds.get(kind) ?? []), path]);
  }
  for (const [kind, paths] of kinds) {
    paths.sort((a, b) => size(site, a) - size(site, b) || (a < b ? -1 : 1));
    const chosen = [paths.at(0), paths[Math.floor(paths.length / 2)], paths.at(-1)];
    kinds.set(kind, [...new Set(chosen)]);
  }
  return kinds;
};

// Saves a picture of the part of a page that is visible.
export const saveScreenshot = async (tab, site, kind, view) => {
  const folder = join(process.env.REPORT_TOOLS, "screenshots", site);
  mkdirSync(folder, { recursive: true });
  const name = kind.replaceAll("/", "-").replace(/\.html$/, "");
  await tab.screenshot({ path: join(folder, `${name}-${view}.png`) });
};
