// Writes documentation pages whose every text tries to leave its place: markup, links with scripts, control characters.
//
// Usage: node hostile.mjs FOLDER

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const MARKUP = `<script>alert(1)</script>"><img src=x onerror=alert(2)></title></code></main><svg onload=alert(3)>`;
const LINK = "[link](javascript:alert(4)) [data](data:text/html,<script>alert(5)</script>)";
const CONTROL = "left\u202etfel\u202c \u2066isolate \u0007bell \u0000null \u200bzero";
const LONG = "x".repeat(3000);
const TEXTS = [MARKUP, LINK, CONTROL, LONG, "' onclick='alert(6)", "{{7*7}} ${7*7} <!-- -->  ]]>", "&lt;b&gt; &amp;amp; &#60;i&#62;"];

const type = `---
title: "${MARKUP.replaceAll('"', '\\"')}"
---
# bad resource type

Namespace: microsoft.graph

${TEXTS.join("\n\n")}

## Properties
|Property|Type|Description|
|:---|:---|:---|
${TEXTS.map((text, index) => `|name${index} ${text.replaceAll("|", "")}|String ${text}|${text} \`${text}\` **Deprecated** ${text}|`).join("\n")}
|plain|badValues|Possible values are: \`${MARKUP}\`, \`${CONTROL}\`.|

### badValues values
|Member|Value|Description|
|:---|:---|:---|
${TEXTS.map((text, index) => `|${text}|${index}|${text}|`).join("\n")}

## JSON representation
\`\`\` json
{ "@odata.type": "#microsoft.graph.bad${MARKUP.replaceAll('"', '\\"')}", "name": ${JSON.stringify(TEXTS)} }
\`\`\`
`;

const operation = `# Get ${MARKUP}

Namespace: microsoft.graph

${TEXTS.join("\n\n")}

## Permissions
|Permission type|Permissions (from least to most privileged)|
|:---|:---|
|Delegated (work or school account)|${MARKUP}, ${CONTROL}, Bad.Read.All|
|Application|Bad.Read.All|

## HTTP request
\`\`\` http
GET /bad/{id}
GET /bad/{${MARKUP}}/x
GET /bad/${CONTROL}
GET /bad/javascript:alert(7)/${LONG}
\`\`\`

## Request headers
|Name|Description|
|:---|:---|
|${MARKUP}|${LINK}|

## Response
If successful, this method returns a \`200 OK\` response code and a [${MARKUP}](javascript:alert(8)) object in the response body.

## Example
### Request
\`\`\` http
GET https://graph.microsoft.com/v1.0/bad/1?$select=${MARKUP}
X-Header: ${MARKUP}
\`\`\`
### Response
\`\`\` http
HTTP/1.1 200 OK
Content-Type: application/json

{ "value": ${JSON.stringify(TEXTS)} }
\`\`\`
`;

const [folder] = process.argv.slice(2);
const write = (path, text) => {
  const file = join(folder, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
};
write("v1.0/resources/bad.md", type);
write("v1.0/resources/bad-\u202etxet <img src=x onerror=alert(9)> 'quoted'.md", type.replace("# bad", `# worse ${MARKUP}`));
write("v1.0/api/bad-get.md", operation);
// Enough ordinary rows that the folder is read as documentation.
const rows = Array.from({ length: 60 }, (_, index) => `|plain${index}|String|An ordinary property.|\n`);
write("v1.0/resources/plain.md", `# plain resource type\n\n## Properties\n|Property|Type|Description|\n|:---|:---|:---|\n${rows.join("")}`);
write("v1.0/resources/long.md", `# long resource type\n\n## Properties\n|Property|Type|Description|\n|:---|:---|:---|\n|${LONG}|${LONG}|${LONG}|\n`);
