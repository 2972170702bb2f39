// What the scripts do, on the site of the pages in our own words.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { VIEWS, findViolations, launch, openTab, url } from "./site.mjs";

const SITE = "docs-input";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const open = async (path, options = VIEWS.light) => {
  const tab = await openTab(browser, options);
  await tab.goto(url(SITE, path));
  return tab;
};

const close = async (tab) => {
  assert.deepEqual(tab.faults, []);
  await tab.context().close();
};

// Enters a query and returns the text of the results that the combobox shows.
const suggest = async (tab, query) => {
  await tab.fill("#search", query);
  await tab.locator("form [role=status]", { hasText: /result/i }).waitFor({ state: "attached" });
  return tab.locator("#search-results [role=option]").allInnerTexts();
};

test("the search is used by keyboard alone", async () => {
  const tab = await open("index.html");
  await tab.keyboard.press("/");
  await tab.keyboard.type("managedDevice");
  await tab.locator("#search-results").waitFor();
  assert.equal(await tab.getAttribute("#search", "aria-expanded"), "true");
  assert.deepEqual(await findViolations(tab), []);

  await tab.keyboard.press("Escape");
  assert.equal(await tab.locator("#search-results").isHidden(), true);
  assert.equal(await tab.getAttribute("#search", "aria-expanded"), "false");
  assert.equal(await tab.inputValue("#search"), "managedDevice");

  await tab.keyboard.press("ArrowDown");
  await tab.locator("#search-results").waitFor();
  await tab.keyboard.press("ArrowDown");
  await tab.keyboard.press("ArrowDown");
  await tab.keyboard.press("ArrowUp");
  assert.equal(await tab.getAttribute("#search", "aria-activedescendant"), "search-result-0");
  assert.equal(await tab.getAttribute("#search-result-0", "aria-selected"), "true");
  await tab.keyboard.press("Enter");
  await tab.waitForURL("**/v1.0/types/microsoft.graph.managedDevice.html");
  await close(tab);
});

test("a slash in a form control is text", async () => {
  const tab = await open("v1.0/index.html");
  await tab.locator("input.filter").first().press("/");
  assert.equal(await tab.locator("input.filter").first().inputValue(), "/");
  await close(tab);
});

for (const [query, expected] of [
  ["managedDevice", "managedDevice\ntype · v1.0"],
  ["MANAGEDDEVICE", "managedDevice\ntype · v1.0"],
  ["microsoft.graph.managedDevice", "managedDevice\ntype · v1.0"],
  ["manageddev", "managedDevice\ntype · v1.0"],
  ["managedDevice.userId", "userId\nproperty of managedDevice · v1.0"],
  ["managedDevice userId", "userId\nproperty of managedDevice · v1.0"],
  ["GET /deviceManagement/detectedApps/{id}", "GET /deviceManagement/detectedApps/{detectedAppId}\noperation · v1.0"],
  ["detectedApps", "detectedApps\nproperty of deviceManagement · v1.0"],
  ["DeviceManagementManagedDevices.Read.All", "DeviceManagementManagedDevices.Read.All\npermission · v1.0"],
  ["post deviceManagement", "POST /deviceManagement/detectedApps\noperation · v1.0"],
]) {
  test(`the first result of ${query}`, async () => {
    const tab = await open("index.html");
    const [first] = await suggest(tab, query);
    assert.equal(first, expected);
    await close(tab);
  });
}

test("better matches come first", async () => {
  const tab = await open("index.html");
  const results = await suggest(tab, "device");
  const rank = (text) => {
    const name = text.split("\n")[0].replace(/^[A-Z]+ \//, "");
    const place = name.toLowerCase().indexOf("device");
    return name.toLowerCase() === "device" ? 0 : place === 0 ? 1 : /(^|[^A-Z])Device|[^a-z]device/.test(name) ? 2 : 3;
  };
  const ranks = results.map(rank);
  assert.deepEqual(ranks, [...ranks].sort());
  await close(tab);
});

test("a query without matches has no results", async () => {
  const tab = await open("index.html");
  assert.deepEqual(await suggest(tab, "no such name"), []);
  assert.equal(await tab.locator("form [role=status]").innerText(), "No results");
  await close(tab);
});

test("enter without a selected result opens the page of all results", async () => {
  const tab = await open("v1.0/index.html");
  await tab.fill("#search", "device");
  await tab.press("#search", "Enter");
  await tab.waitForURL("**/search.html?q=device");
  await tab.locator("#search-status", { hasText: /^\d+ results/ }).waitFor();
  const all = await tab.locator("#search-page li").count();
  await tab.selectOption("#search-kind", "type");
  const types = await tab.locator("#search-page li small").allInnerTexts();
  assert.ok(types.length > 0 && types.length < all);
  assert.ok(types.every((text) => text.startsWith("type · ")));
  assert.deepEqual(await findViolations(tab), []);
  await close(tab);
});

test("a filter hides the rows without the words", async () => {
  const tab = await open("v1.0/index.html");
  const rows = tab.locator("#areas tbody tr");
  const total = await rows.count();
  await tab.fill("input.filter", "INTUNE dev");
  const visible = await tab.locator("#areas tbody tr:not([hidden])").allInnerTexts();
  assert.ok(visible.length > 0 && visible.length < total);
  assert.ok(visible.every((text) => text.includes("intune") && text.includes("dev")));
  assert.equal(await tab.locator("output.count").innerText(), `${visible.length} of ${total} rows`);
  await tab.fill("input.filter", "");
  assert.equal(await tab.locator("#areas tbody tr:not([hidden])").count(), total);
  await close(tab);
});

test("a header sorts by numbers, first ascending and then descending", async () => {
  const tab = await open("v1.0/index.html");
  const header = tab.locator("#areas th[data-sort=number]").first();
  const column = await header.evaluate((cell) => cell.cellIndex);
  const values = async () =>
    (await tab.locator(`#areas tbody tr > :nth-child(${column + 1})`).allInnerTexts()).map(Number);
  const ascending = (await values()).sort((a, b) => a - b);
  await header.getByRole("button").press("Enter");
  assert.deepEqual(await values(), ascending);
  assert.equal(await header.getAttribute("aria-sort"), "ascending");
  await header.getByRole("button").press("Enter");
  assert.deepEqual(await values(), ascending.reverse());
  assert.equal(await header.getAttribute("aria-sort"), "descending");
  assert.deepEqual(await findViolations(tab), []);
  await close(tab);
});

test("the chosen theme is kept on other pages", async () => {
  const tab = await open("index.html");
  const background = () => tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await tab.getByRole("button", { name: "Use the dark theme" }).click();
  const dark = await background();
  assert.notEqual(dark, light);
  await tab.goto(url(SITE, "problems/index.html"));
  assert.equal(await background(), dark);
  await tab.getByRole("button", { name: "Use the light theme" }).click();
  assert.equal(await background(), light);
  await close(tab);
});

test("links lead from the overview to a line of a page", async () => {
  const tab = await open("index.html");
  await tab.locator("main").getByRole("link", { name: "v1.0" }).first().click();
  await tab.waitForURL("**/v1.0/index.html");
  await tab.locator("#areas").getByRole("link", { name: "intune devices" }).click();
  await tab.waitForURL("**/areas/**");
  await tab.locator("#items").getByRole("link", { name: "managedDevice", exact: true }).click();
  await tab.waitForURL("**/types/**");
  await tab.locator("a.source").first().click();
  await tab.waitForURL("**/pages/**#L*");
  assert.equal(await tab.locator(":target").isVisible(), true);
  await close(tab);
});

test("without scripts a page is complete", async () => {
  const tab = await open("v1.0/index.html", { ...VIEWS.light, javaScriptEnabled: false });
  assert.ok((await tab.locator("#areas tbody tr").count()) > 0);
  assert.equal(await tab.locator("input.filter").first().isVisible(), false);
  await tab.fill("#search", "device");
  await tab.press("#search", "Enter");
  await tab.waitForURL("**/search.html?q=device");
  assert.ok(await tab.locator("#search-status").isVisible());
  await tab.context().close();
});
