// The choice of operations with their least privileged permissions, and the form that sends requests to a running server.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";

import { findViolations, launch, openTab, url } from "./site.mjs";

const SITE = "docs-input";

let browser;
let server;
let explorer;
before(async () => {
  browser = await launch();
  server = spawn("cargo", ["xtask", "serve", "--docs", "docs-input", "--port", "0", "--check-scopes"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: server.stdout })) {
    if (line.endsWith("/explorer/")) {
      explorer = line;
      break;
    }
  }
});
after(async () => {
  server.kill();
  await browser.close();
});

// Opens a page of the server. Its requests are expected; everything else is a fault.
const openServed = async (path) => {
  const tab = await openTab(browser);
  await tab.goto(explorer + path);
  return tab;
};

const closeServed = async (tab, expected = []) => {
  const faults = tab.faults.filter((fault) => !fault.startsWith(`external request: ${new URL(explorer).origin}/`));
  assert.deepEqual(faults.filter((fault) => !expected.some((pattern) => pattern.test(fault))), []);
  await tab.context().close();
};

test("operations are chosen by keyboard, and the address keeps them", async () => {
  const tab = await openTab(browser);
  await tab.goto(url(SITE, "v1.0/permissions/least.html"));
  await tab.fill("#operation-search", "get manageddevices");
  await tab.locator("#operation-matches button").first().waitFor();
  assert.deepEqual(await findViolations(tab), []);
  await tab.keyboard.press("Enter");
  await tab.keyboard.type("get mobilethreatdefenseconnectors");
  await tab.keyboard.press("ArrowDown");
  await tab.keyboard.press("Enter");
  assert.equal(await tab.locator("#chosen-operations tr").count(), 2);
  assert.deepEqual(await findViolations(tab), []);
  const sets = await tab.locator("#least-sets td:nth-of-type(1)").allInnerTexts();
  assert.match(sets[0], /DeviceManagementManagedDevices\.Read\.All/);
  const address = tab.url();
  assert.match(address, /#operations=get-[^,]*,get-/);

  const shared = await openTab(browser);
  await shared.goto(address);
  assert.deepEqual(await shared.locator("#least-sets td:nth-of-type(1)").allInnerTexts(), sets);
  await shared.locator("#chosen-operations button").first().click();
  assert.equal(await shared.locator("#chosen-operations tr").count(), 1);
  await shared.goto(url(SITE, "index.html"));
  await shared.goto(`${url(SITE, "v1.0/permissions/least.html")}#operations=get-nothing`);
  assert.match(await shared.innerText("#operation-status"), /no operation get-nothing/);
  for (const opened of [tab, shared]) {
    assert.deepEqual(opened.faults, []);
    await opened.context().close();
  }
});

test("a documented GET is sent with a token", async () => {
  const tab = await openServed("v1.0/operations/get-deviceManagement-mobileThreatDefenseConnectors.html");
  await tab.getByRole("link", { name: "Try it" }).click();
  assert.equal(await tab.inputValue("#request-target"), "/v1.0/deviceManagement/mobileThreatDefenseConnectors");
  assert.deepEqual(await findViolations(tab), []);
  await tab.getByRole("button", { name: "Send" }).click();
  await tab.locator("#response-status", { hasText: /^401 / }).waitFor();
  await tab.getByRole("button", { name: "Token of an application" }).click();
  await tab.locator("#response-status", { hasText: /documented permissions/ }).waitFor();
  await tab.getByRole("button", { name: "Send" }).click();
  await tab.locator("#response-status", { hasText: /^200 OK in \d+ ms$/ }).waitFor();
  assert.match(await tab.innerText("#response-headers"), /content-type: application\/json/);
  assert.match(await tab.innerText("#response-body"), /^\{\n {2}"@odata.context": /);
  assert.deepEqual(await findViolations(tab), []);
  await closeServed(tab, [/status of 401/]);
});

test("a POST creates an item, whose markup is shown as text", async () => {
  const tab = await openServed("v1.0/requests/post-deviceManagement-mobileThreatDefenseConnectors.html");
  await tab.getByRole("button", { name: "Token of an application" }).click();
  await tab.locator("#response-status", { hasText: /documented permissions/ }).waitFor();
  assert.equal(await tab.inputValue("#request-method"), "POST");
  await tab.getByRole("button", { name: "Send" }).click();
  await tab.locator("#response-status", { hasText: /^201 / }).waitFor();
  assert.match(await tab.innerText("#response-body"), /"id": "/);

  await tab.fill("#request-body", '{ "<img src=x onerror=alert(1)>": [12345678901234567890, {}, []] }');
  await tab.getByRole("button", { name: "Send" }).click();
  await tab.locator("#response-body", { hasText: "<img src=x" }).waitFor();
  assert.equal(await tab.locator("#response img").count(), 0);
  await closeServed(tab, [/status of 400/]);
});

test("the form sends to the server only", async () => {
  const tab = await openServed("request.html");
  for (const target of ["https://example.com/", "//example.com/v1.0/users", "users", "/\\example.com"]) {
    await tab.fill("#request-target", target);
    await tab.getByRole("button", { name: "Send" }).click();
    await tab.locator("#response-status", { hasText: "lead to this server" }).waitFor();
  }
  await closeServed(tab);
});
