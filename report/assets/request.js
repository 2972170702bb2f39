// Sends the request of the form to the server that shows the site. The response is shown as text only.
"use strict";

{
  /** The maximum length of a shown body in characters. */
  const MAX_BODY = 1_000_000;

  const byId = (id) => document.getElementById(id);
  const status = byId("response-status");

  /** Indents JSON without changing its strings and numbers. Throws an error if the text is not JSON. */
  const indent = (json) => {
    JSON.parse(json);
    const tokens = json.match(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
    const isOpening = (token) => token === "{" || token === "[";
    const isClosing = (token) => token === "}" || token === "]";
    const pieces = [];
    let depth = 0;
    const breakLine = () => pieces.push("\n", "  ".repeat(depth));
    tokens.forEach((token, place) => {
      if (isClosing(token) && !isOpening(tokens[place - 1])) {
        depth -= 1;
        breakLine();
      }
      pieces.push(token);
      if (isOpening(token) && !isClosing(tokens[place + 1])) {
        depth += 1;
        breakLine();
      } else if (token === ",") breakLine();
      else if (token === ":") pieces.push(" ");
    });
    return pieces.join("");
  };

  /** Parses headers, one per line. Throws an error if a line or a name is invalid. */
  const parseHeaders = (text) => {
    const headers = new Headers();
    for (const line of text.split("\n").filter((line) => line.trim() !== "")) {
      const colon = line.indexOf(":");
      if (colon < 1) throw new Error(`The header "${line}" has no colon.`);
      headers.append(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
    }
    return headers;
  };

  /** Resolves the path. Throws an error if it leads to another server. */
  const resolve = (target) => {
    const url = new URL(target, location.origin);
    if (!target.startsWith("/") || url.origin !== location.origin) {
      throw new Error("The path must start with / and lead to this server.");
    }
    return url;
  };

  const readBody = async (response) => {
    const type = response.headers.get("content-type") ?? "";
    const bytes = await response.arrayBuffer();
    if (bytes.byteLength === 0) return "";
    if (!/json|text|xml|^$/i.test(type)) return `${bytes.byteLength} bytes of ${type}`;
    const text = new TextDecoder().decode(bytes);
    if (text.length > MAX_BODY) return `${text.slice(0, MAX_BODY)}…`;
    try {
      return indent(text);
    } catch {
      return text;
    }
  };

  const send = async () => {
    const method = byId("request-method").value;
    const headers = parseHeaders(byId("request-headers").value);
    const token = byId("request-token")?.value.trim();
    if (token) headers.set("Authorization", `Bearer ${token}`);
    const body = byId("request-body").value;
    const request = { method, headers, cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" };
    if (method !== "GET" && body !== "") request.body = body;
    const url = resolve(byId("request-target").value.trim());
    const start = performance.now();
    const response = await fetch(url, request);
    const text = await readBody(response);
    const milliseconds = Math.round(performance.now() - start);
    const redirected = response.redirected ? `, redirected to ${response.url}` : "";
    status.textContent = `${response.status} ${response.statusText} in ${milliseconds} ms${redirected}`;
    byId("response-headers").textContent = [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
    byId("response-body").textContent = text;
    byId("response").hidden = false;
  };

  const requestToken = async (grant) => {
    const form = new URLSearchParams({ grant_type: grant, client_id: "explorer" });
    const response = await fetch("/common/oauth2/v2.0/token", { method: "POST", body: form, credentials: "omit" });
    byId("request-token").value = (await response.json()).access_token ?? "";
    status.textContent = "The token has all documented permissions of its kind.";
  };

  /** Runs an action and shows its error. */
  const attempt = async (action) => {
    status.textContent = "";
    byId("response").hidden = true;
    try {
      await action();
    } catch (error) {
      status.textContent = `The request failed: ${error.message}`;
    }
  };

  byId("request-form").addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(send);
  });
  for (const button of document.querySelectorAll("[data-grant]")) {
    button.addEventListener("click", () => attempt(() => requestToken(button.dataset.grant)));
  }
}
