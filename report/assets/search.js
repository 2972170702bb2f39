// The search: an index of all names, a combobox in the header of every page, and the list of results on `search.html`.
//
// An index is a script, because pages opened from the file system cannot fetch. It is loaded when the reader enters the search
// box, and calls `graphwrightSearchIndex` with
//
//     { place: 0, names: "GET\n/me\ndisplayName\nuser", groups: [
//       { kind: "type", version: "v1.0", href: "v1.0/types/*.html", member: "property", anchor: "p-*", rows: "3 2\n…" },
//       { kind: "operation", version: "v1.0", href: "v1.0/operations/*.html", rows: "1 0\n…" }] }
//
// `names` has each name once. A row is the number of a name, followed by the numbers of its members; the members of an
// operation are its methods, and those of a title the file names of its pages. `*` in a link stands for the slug of what the
// link leads to; `3=user~2` gives a slug that does not follow from the name. A group without a kind adds members only.
"use strict";

{
  const root = document.documentElement.dataset.root ?? "";

  const SHOWN = 20;
  const SHOWN_OF_A_NAME = 4;
  const SHOWN_ON_PAGE = 500;

  // The kinds of entries, in the order of equally good results.
  const KINDS = {
    type: "type",
    enum: "enum type",
    permission: "permission",
    operation: "operation",
    property: "property",
    member: "member",
    page: "page",
    rule: "problem",
  };
  const KIND_NAMES = Object.keys(KINDS);

  // How well a word of the query matches a name; less is better.
  const EXACT = 0;
  const PREFIX = 1;
  const WORD_PREFIX = 2;
  const SUBSTRING = 3;
  // Added if a word matches the owner instead: the type of a property, the method of an operation.
  const OWNER = 4;
  const NONE = 8;
  // The score of an entry that does not match the query.
  const NO_MATCH = 65535;

  // The index.

  const indexes = [];
  globalThis.graphwrightSearchIndex = (index) => {
    indexes.push(index);
  };

  const loadScript = (path) =>
    new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = root + path;
      script.addEventListener("load", resolve);
      // A search over the other indexes is better than none.
      script.addEventListener("error", resolve);
      document.head.append(script);
    });

  let catalog;
  const loadCatalog = (box) => {
    const paths = (box.dataset.indexes ?? "").split(" ").filter(Boolean);
    catalog ??= Promise.all(paths.map(loadScript)).then(() => buildCatalog(indexes));
    return catalog;
  };

  // Repeats `names::slug` of the generator of the site.
  const slug = (name) =>
    name.replaceAll(/-?[^A-Za-z0-9._-]+/g, "-").slice(0, 120).replaceAll(/^[-.]+|[-.]+$/g, "") || "unnamed";

  // The names of path parameters and the leading slash of a path do not matter.
  const comparable = (name) => name.replace(/^\//, "").replaceAll(/\{[^{}]*\}/g, "{}");

  // One function makes all entries, so that engines give them one layout.
  const makeEntry = (kind, name, owner, group, file, anchor) => {
    const isMember = KIND_NAMES[kind] === group.member;
    return { kind, name, owner, isMember, group, file, anchor };
  };

  // Some letters have a lower case of two code units, which would move the places of all that follow.
  const lowerCase = (name) => {
    const lower = name.toLowerCase();
    return lower.length === name.length ? lower : name;
  };

  // Merges the indexes into one list of entries, in the order of equally good results: by kind, name, owner and version. All
  // names are one text, with the place at which each starts, because that is searched faster than many.
  const buildCatalog = (indexes) => {
    indexes.sort((a, b) => a.place - b.place);
    const split = indexes.map((index) => index.names.split("\n"));
    const names = [...new Set(split.flat())].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
    const ranks = new Map(names.map((name, rank) => [name, rank]));

    const entries = [];
    indexes.forEach((index, place) => {
      const own = split[place].map((name) => ranks.get(name));
      // Returns the rank of a name in a row, and the slug if the row has one.
      const parse = (item) => {
        const [number, file] = item.split("=");
        return [own[number], file];
      };
      for (const group of index.groups) {
        const kind = KIND_NAMES.indexOf(group.kind);
        for (const row of group.rows.split("\n")) {
          const [[name, file], ...members] = row.split(" ").map(parse);
          if (name === undefined) {
            continue;
          }
          if (group.member) {
            const memberKind = KIND_NAMES.indexOf(group.member);
            if (kind >= 0) {
              entries.push(makeEntry(kind, name, -1, group, file));
            }
            for (const [member, anchor] of members) {
              entries.push(makeEntry(memberKind, member, name, group, file, anchor));
            }
          } else if (members.length > 0) {
            for (const [owner, file] of members) {
              entries.push(makeEntry(kind, name, owner, group, file));
            }
          } else {
            entries.push(makeEntry(kind, name, -1, group, file));
          }
        }
      }
    });
    entries.sort((a, b) => a.kind - b.kind || a.name - b.name || a.owner - b.owner);
    const compared = names.map(comparable);
    const starts = new Int32Array(names.length + 1);
    compared.forEach((name, rank) => {
      starts[rank + 1] = starts[rank] + name.length + 1;
    });
    return {
      names,
      entries,
      text: compared.join("\n"),
      lower: compared.map(lowerCase).join("\n"),
      starts,
      nameOf: Int32Array.from(entries, (entry) => entry.name),
      ownerOf: Int32Array.from(entries, (entry) => entry.owner),
      isMember: Uint8Array.from(entries, (entry) => entry.isMember),
    };
  };

  const describe = ({ names }, entry) => {
    const { group, isMember } = entry;
    const kind = KIND_NAMES[entry.kind];
    const name = names[entry.name];
    const owner = entry.owner < 0 ? "" : names[entry.owner];
    const title = kind === "operation" ? `${owner} ${name}` : name;
    const target = { operation: owner.toLowerCase() + name, page: owner }[kind] ?? (isMember ? owner : name);
    let href = root + group.href.replace("*", () => encodeURIComponent(entry.file ?? slug(target)));
    if (isMember) {
      href += `#${group.anchor.replace("*", () => encodeURIComponent(entry.anchor ?? slug(name)))}`;
    }
    const details = [isMember ? `${KINDS[kind]} of ${owner}` : KINDS[kind], group.version].filter(Boolean);
    return { kind, title, href, details: details.join(" · ") };
  };

  // Queries.

  const isUpper = (code) => code >= 65 && code <= 90;
  const isLower = (code) => code >= 97 && code <= 122;
  const isDigit = (code) => code >= 48 && code <= 57;

  // Returns whether a word starts at a place: `Name` in `displayName`, `Read` in `User.Read`, `List` in `URLList`.
  const startsWord = (text, place) => {
    const before = text.charCodeAt(place - 1);
    if (!isUpper(before) && !isLower(before) && !isDigit(before)) {
      return true;
    }
    return isUpper(text.charCodeAt(place)) && (!isUpper(before) || isLower(text.charCodeAt(place + 1)));
  };

  // Returns how well a word matches each name.
  const matchNames = ({ names, text, lower, starts }, word) => {
    const matches = new Uint8Array(names.length).fill(NONE);
    let name = 0;
    for (let place = lower.indexOf(word); place >= 0; place = lower.indexOf(word, place + 1)) {
      while (starts[name + 1] <= place) {
        name++;
      }
      let found = word.length === 1 ? NONE : SUBSTRING;
      if (place === starts[name]) {
        found = place + word.length + 1 === starts[name + 1] ? EXACT : PREFIX;
      } else if (startsWord(text, place)) {
        found = WORD_PREFIX;
      }
      matches[name] = Math.min(matches[name], found);
    }
    return matches;
  };

  // Returns the ways to read a query, each as a list of words that must all match.
  const readQuery = (query) => {
    const text = lowerCase(comparable(query.trim().replaceAll(/\s+/g, " "))).replace(/^microsoft\.graph\./, "");
    const words = (separator) => text.split(separator).map(comparable).filter(Boolean);
    const readings = [words("\n"), words(" "), words(/[ .]+/)].filter((words) => words.length > 0);
    const distinct = new Map(readings.map((words) => [words.join("\n"), words]));
    return [...distinct.values()];
  };

  // Returns for each entry the sum of how well each word matches it, or `NO_MATCH`. The owner of a member alone is no match.
  const scoreEntries = ({ nameOf, ownerOf, isMember }, words) => {
    const scores = new Uint16Array(nameOf.length);
    for (let entry = 0; entry < scores.length; entry++) {
      let isNamed = isMember[entry] === 0;
      for (const matches of words) {
        const ofName = matches[nameOf[entry]];
        const ofOwner = ownerOf[entry] < 0 ? NONE : matches[ownerOf[entry]];
        if (ofName === NONE && ofOwner === NONE) {
          scores[entry] = NO_MATCH;
          break;
        }
        isNamed ||= ofName !== NONE;
        scores[entry] += Math.min(ofName, ofOwner + OWNER);
      }
      if (!isNamed) {
        scores[entry] = NO_MATCH;
      }
    }
    return scores;
  };

  // Returns the best entries, at most `limit` of them and at most `perName` of a kind and name, and the number of all that match.
  const search = (catalog, query, { limit, perName, kind }) => {
    const { entries } = catalog;
    const matches = new Map();
    const readings = readQuery(query).map((words) => {
      for (const word of words.filter((word) => !matches.has(word))) {
        matches.set(word, matchNames(catalog, word));
      }
      return scoreEntries(catalog, words.map((word) => matches.get(word)));
    });

    const buckets = [];
    const counts = {};
    for (let place = 0; place < entries.length; place++) {
      let score = NO_MATCH;
      for (const scores of readings) {
        score = Math.min(score, scores[place]);
      }
      if (score === NO_MATCH) {
        continue;
      }
      const entry = entries[place];
      const name = KIND_NAMES[entry.kind];
      counts[name] = (counts[name] ?? 0) + 1;
      if (!kind || kind === name) {
        (buckets[score] ??= []).push(entry);
      }
    }

    const results = [];
    const taken = new Map();
    for (const entry of buckets.flat()) {
      const key = `${entry.kind} ${entry.name}`;
      const count = taken.get(key) ?? 0;
      if (count < perName) {
        taken.set(key, count + 1);
        results.push(describe(catalog, entry));
      }
      if (results.length === limit) {
        break;
      }
    }
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    return { results, counts, total };
  };

  const countText = (total, shown) => {
    if (total === 0) {
      return "No results";
    }
    const results = total === 1 ? "1 result" : `${total} results`;
    return shown < total ? `${results}, the best ${shown} are shown` : results;
  };

  const renderResult = (element, { title, details }) => {
    const name = document.createElement("code");
    name.textContent = title;
    const kind = document.createElement("small");
    kind.textContent = details;
    element.append(name, " ", kind);
    return element;
  };

  // The combobox in the header.

  const enhance = (box) => {
    const list = document.createElement("ul");
    list.id = "search-results";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Search results");
    list.hidden = true;
    const status = document.createElement("p");
    status.className = "hidden";
    status.setAttribute("role", "status");
    box.after(list, status);

    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", list.id);
    box.setAttribute("aria-expanded", "false");
    box.title = "Press / to search";

    let results = [];
    let active = -1;

    const activate = (index) => {
      list.children[active]?.setAttribute("aria-selected", "false");
      active = index;
      const option = list.children[active];
      if (option) {
        option.setAttribute("aria-selected", "true");
        option.scrollIntoView({ block: "nearest" });
        box.setAttribute("aria-activedescendant", option.id);
      } else {
        box.removeAttribute("aria-activedescendant");
      }
    };
    const close = () => {
      activate(-1);
      list.hidden = true;
      box.setAttribute("aria-expanded", "false");
    };
    const open = (index, event) => {
      const { href } = results[index];
      close();
      if (event.ctrlKey || event.metaKey) {
        window.open(href, "_blank", "noopener");
      } else {
        location.assign(href);
      }
    };
    const show = (found) => {
      results = found.results;
      activate(-1);
      const options = results.map((result, index) => {
        const option = document.createElement("li");
        option.id = `search-result-${index}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.addEventListener("click", (event) => open(index, event));
        return renderResult(option, result);
      });
      list.replaceChildren(...options);
      list.hidden = results.length === 0;
      box.setAttribute("aria-expanded", String(!list.hidden));
      status.textContent = countText(found.total, results.length);
    };
    const update = async () => {
      const index = await loadCatalog(box);
      if (document.activeElement !== box) {
        return;
      }
      if (box.value.trim() === "") {
        close();
        status.textContent = "";
      } else {
        show(search(index, box.value, { limit: SHOWN, perName: SHOWN_OF_A_NAME }));
      }
    };

    box.addEventListener("focus", () => loadCatalog(box));
    box.addEventListener("input", update);
    box.addEventListener("blur", close);
    // A click on an option must not move the focus, which would close the list first.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    box.addEventListener("keydown", (event) => {
      const count = list.hidden ? 0 : results.length;
      if (event.key === "ArrowDown" && list.hidden) {
        update();
      } else if (event.key === "ArrowDown" && count > 0) {
        activate((active + 1) % count);
      } else if (event.key === "ArrowUp" && count > 0) {
        activate((active <= 0 ? count : active) - 1);
      } else if (event.key === "Enter" && active >= 0) {
        open(active, event);
      } else if (event.key === "Escape" && !list.hidden) {
        close();
      } else {
        return;
      }
      event.preventDefault();
    });

    document.addEventListener("keydown", (event) => {
      const isTyping = event.target.closest("input, select, textarea, [contenteditable]");
      if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        box.focus();
        box.select();
      }
    });
  };

  // The page of all results.

  const fillPage = async (box, list) => {
    const status = document.getElementById("search-status");
    const kinds = document.getElementById("search-kind");
    const query = new URLSearchParams(location.search).get("q") ?? "";
    box.value = query;
    if (query.trim() === "") {
      status.textContent = "Enter a name, a path or several words in the search box.";
      return;
    }
    status.textContent = "Loading…";
    const index = await loadCatalog(box);
    const render = () => {
      const found = search(index, query, { limit: SHOWN_ON_PAGE, perName: SHOWN_ON_PAGE, kind: kinds.value });
      const items = found.results.map((result) => {
        const link = document.createElement("a");
        link.href = result.href;
        const item = document.createElement("li");
        item.append(renderResult(link, result));
        return item;
      });
      list.replaceChildren(...items);
      status.textContent = countText(kinds.value ? (found.counts[kinds.value] ?? 0) : found.total, items.length);
      return found.counts;
    };
    const counts = render();
    for (const kind of KIND_NAMES.filter((kind) => counts[kind])) {
      kinds.append(new Option(`${KINDS[kind]} (${counts[kind]})`, kind));
    }
    kinds.parentElement.hidden = kinds.length < 3;
    kinds.addEventListener("change", render);
    document.title = `${query} · ${document.title}`;
  };

  const box = document.getElementById("search");
  if (box) {
    enhance(box);
    const list = document.getElementById("search-page");
    if (list) {
      fillPage(box, list);
    }
  }
}
