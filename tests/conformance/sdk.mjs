// Uses the local server with the JavaScript client. Run by `cargo xtask conformance`.
// The environment variables ORIGIN (https://localhost:PORT) and NODE_EXTRA_CA_CERTS describe the server.

import assert from "node:assert/strict";
import { ClientSecretCredential } from "@azure/identity";
import {
  BatchRequestContent,
  BatchResponseContent,
  Client,
  FileUpload,
  LargeFileUploadTask,
  PageIterator,
} from "@microsoft/microsoft-graph-client";
import { TokenCredentialAuthenticationProvider } from "@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js";

const origin = process.env.ORIGIN;
const count = Number(process.env.ITEMS);
const credential = new ClientSecretCredential(
  "11111111-2222-3333-4444-555555555555",
  "00000000-0000-0000-0000-000000000000",
  "a-secret",
  { authorityHost: origin, disableInstanceDiscovery: true },
);
const client = Client.initWithMiddleware({
  authProvider: new TokenCredentialAuthenticationProvider(credential, {
    scopes: ["https://graph.microsoft.com/.default"],
  }),
  baseUrl: origin,
  defaultVersion: "v1.0",
  customHosts: new Set(["localhost"]),
});

async function items() {
  const page = await client
    .api("/users")
    .top(5)
    .count()
    .select(["id", "displayName"])
    .filter("identities/any(i:i/issuer eq 'x') or endswith(displayName,'1')")
    .orderby("displayName")
    .get();
  assert.equal(page.value.length, 5);
  const user = await client.api("/users").post({ displayName: "Anna", userPrincipalName: "anna@example.org" });
  await client.api(`/users/${user.id}`).patch({ displayName: "Berta" });
  const read = await client.api("/users/anna@example.org").get();
  assert.equal(read.displayName, "Berta");
  await client.api(`/users/${user.id}`).delete();
  await assert.rejects(client.api(`/users/${user.id}`).get(), (error) => {
    assert.equal(error.statusCode, 404);
    assert.equal(error.code, "Request_ResourceNotFound");
    assert.ok(error.requestId);
    return true;
  });
  const photo = await client.api("/me/photo/$value").get();
  assert.ok(photo.size > 0);
}

async function pages() {
  const seen = new Set();
  const first = await client.api("/users").get();
  const iterator = new PageIterator(client, first, (user) => {
    seen.add(user.id);
    return true;
  });
  await iterator.iterate();
  assert.ok(seen.size >= count, `${seen.size} of ${count}`);
}

async function deltas() {
  let page = await client.api("/users/delta").get();
  while (page["@odata.nextLink"]) {
    page = await client.api(page["@odata.nextLink"]).get();
  }
  const user = await client.api("/users").post({ displayName: "New", userPrincipalName: "new@example.org" });
  page = await client.api(page["@odata.deltaLink"]).get();
  assert.deepEqual(page.value.map((changed) => changed.id), [user.id]);
}

async function batches() {
  const requests = ["/users?$top=2", "/users/nobody"].map((path, index) => ({
    id: String(index + 1),
    request: new Request(`${origin}/v1.0${path}`, { method: "GET" }),
  }));
  const content = await new BatchRequestContent(requests).getContent();
  const responses = new BatchResponseContent(await client.api("/$batch").post(content));
  assert.equal(responses.getResponseById("1").status, 200);
  assert.equal(responses.getResponseById("2").status, 404);
}

async function uploads() {
  const content = new Uint8Array(700_000).map((_, index) => index % 251);
  const session = await LargeFileUploadTask.createUploadSession(
    client,
    `${origin}/v1.0/me/drive/root:/reports/june.bin:/createUploadSession`,
    { item: { "@microsoft.graph.conflictBehavior": "replace" } },
  );
  const file = new FileUpload(content.buffer, "june.bin", content.length);
  const task = new LargeFileUploadTask(client, file, session, { rangeSize: 327_680 });
  const result = await task.upload();
  assert.equal(result.responseBody.name, "june.bin");
  const stored = await client.api("/me/drive/root:/reports/june.bin").get();
  assert.equal(stored.size, content.length);
  assert.equal(stored.parentReference.path, "/me/drive/root:/reports");
}

for (const step of [items, pages, deltas, batches, uploads]) {
  await step();
  console.log(`javascript: ${step.name} passed`);
}
