// The least privileged permissions for chosen operations.
"use strict";

{
  // The algorithm of `graphwright_runtime::permissions::minimal_set`; tests/tests/whole/least_permissions.rs compares the results.
  // Permissions are indexes of the sorted list of names, so that both sort alike.

  /** Up to this number of optional permissions, all combinations are tried. Beyond it, a greedy search is used. */
  const EXHAUSTIVE_LIMIT = 12;

  const isGranted = (set, granted) => set.every((permission) => granted.has(permission));

  const isSufficient = (granted, requirements) =>
    requirements.every((alternatives) => alternatives.length === 0 || alternatives.some((set) => isGranted(set, granted)));

  const sorted = (permissions) => [...permissions].sort((left, right) => left - right);

  /**
   * Returns the smallest set of permissions that satisfies all requirements. A requirement is a list of alternative sets, the least
   * privileged first, any of which satisfies it; an empty list is always satisfied.
   */
  const minimalSet = (requirements) => {
    const candidates = sorted(new Set(requirements.flatMap((alternatives) => alternatives[0] ?? [])));
    const isOptional = (permission) => {
      const others = new Set(candidates);
      others.delete(permission);
      return isSufficient(others, requirements);
    };
    const optional = candidates.filter(isOptional);
    const required = candidates.filter((permission) => !optional.includes(permission));
    return sorted(
      optional.length <= EXHAUSTIVE_LIMIT
        ? exhaustiveSearch(required, optional, requirements)
        : greedySearch(candidates, optional, requirements),
    );
  };

  /**
   * Returns the required permissions and as few of the optional ones as possible. Among sets of equal size, prefers the one that
   * satisfies most requirements by their least privileged alternative.
   */
  const exhaustiveSearch = (required, optional, requirements) => {
    const leastPrivilegedCount = (granted) =>
      requirements.filter((alternatives) => alternatives.length > 0 && isGranted(alternatives[0], granted)).length;
    let best = null;
    for (let mask = 0; mask < 1 << optional.length; mask += 1) {
      const chosen = optional.filter((_, index) => mask & (1 << index));
      if (best !== null && chosen.length > best.size) continue;
      const granted = new Set([...required, ...chosen]);
      if (!isSufficient(granted, requirements)) continue;
      const count = leastPrivilegedCount(granted);
      if (best === null || chosen.length < best.size || count > best.count) {
        best = { size: chosen.length, count, granted };
      }
    }
    return best.granted;
  };

  /** Removes optional permissions one by one as long as the rest is sufficient. */
  const greedySearch = (candidates, optional, requirements) => {
    const granted = new Set(candidates);
    for (const permission of optional) {
      granted.delete(permission);
      if (!isSufficient(granted, requirements)) granted.add(permission);
    }
    return granted;
  };

  /**
   * Returns the permissions that operations need with an account type, and the operations that these do not cover, by reason. Operations
   * and account types are indexes.
   */
  const leastPrivileges = (index, account, operations) => {
    const requirements = [];
    const uncovered = new Map();
    for (const operation of operations) {
      const grant = index.grants[index.operations[operation][2][account]];
      if (Array.isArray(grant)) requirements.push(grant);
      else uncovered.set(grant, [...(uncovered.get(grant) ?? []), operation]);
    }
    return { permissions: minimalSet(requirements), uncovered };
  };

  globalThis.leastPermissions = { minimalSet, leastPrivileges };

  // The page.

  const MAX_MATCHES = 30;
  const ACCOUNTS = [0, 1, 2];

  const element = (name, ...children) => {
    const created = document.createElement(name);
    created.append(...children);
    return created;
  };

  const link = (href, text) => {
    const created = element("a", element("code", text));
    created.href = href;
    return created;
  };

  const list = (items) => {
    const created = element("ul", ...items.map((item) => element("li", item)));
    created.className = "inline";
    return created;
  };

  const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

  const start = (index) => {
    const byId = (id) => document.getElementById(id);
    const search = byId("operation-search");
    const matches = byId("operation-matches");
    const status = byId("operation-status");
    const places = new Map(index.operations.map(([name], place) => [name, place]));
    const texts = index.operations.map(([, title]) => title.toLowerCase());
    let chosen = [];

    const operationLink = (operation) => {
      const [name, title] = index.operations[operation];
      return link(`../operations/${name}.html`, title);
    };

    const permissionLink = (permission) => {
      const [file, name] = index.permissions[permission];
      return link(`${file}.html`, name);
    };

    /** Returns what an operation needs of the permissions of an account type. */
    const need = (operation, account, granted) => {
      const grant = index.grants[index.operations[operation][2][account]];
      if (!Array.isArray(grant)) return grant;
      return list(grant.find((set) => isGranted(set, granted)).map(permissionLink));
    };

    const show = () => {
      byId("least").hidden = chosen.length === 0;
      const results = ACCOUNTS.map((account) => leastPrivileges(index, account, chosen));
      byId("least-sets").querySelectorAll("tr").forEach((row, account) => {
        const { permissions, uncovered } = results[account];
        const [sets, missing] = row.querySelectorAll("td");
        sets.replaceChildren(permissions.length === 0 ? "none" : list(permissions.map(permissionLink)));
        const reasons = [...uncovered].map(([reason, operations]) =>
          element("div", `${reason}: `, list(operations.map(operationLink))));
        missing.replaceChildren(...reasons);
      });
      const granted = results.map(({ permissions }) => new Set(permissions));
      byId("chosen-operations").replaceChildren(...chosen.map((operation) => {
        const remove = element("button", "Remove");
        remove.type = "button";
        remove.setAttribute("aria-label", `Remove ${index.operations[operation][1]}`);
        remove.addEventListener("click", () => {
          choose(chosen.filter((other) => other !== operation));
          search.focus();
        });
        const title = element("th", operationLink(operation));
        title.scope = "row";
        const needs = ACCOUNTS.map((account) => element("td", need(operation, account, granted[account])));
        return element("tr", title, ...needs, element("td", remove));
      }));
      status.textContent = `${count(chosen.length, "operation")} chosen.`;
    };

    /** Shows a choice and keeps it in the address of the page. */
    const choose = (operations) => {
      chosen = operations;
      const names = chosen.map((operation) => index.operations[operation][0]);
      const address = names.length === 0 ? "#" : `#operations=${names.join(",")}`;
      history.replaceState(null, "", address);
      show();
    };

    const add = (operation) => {
      choose([...chosen, operation]);
      search.value = "";
      matches.replaceChildren();
      search.focus();
    };

    /** Reads the choice from the address of the page. */
    const restore = () => {
      const [key, value] = location.hash.slice(1).split("=");
      const names = key === "operations" && value ? [...new Set(value.split(","))] : [];
      chosen = names.filter((name) => places.has(name)).map((name) => places.get(name));
      show();
      const unknown = names.filter((name) => !places.has(name));
      if (unknown.length > 0) {
        status.textContent += ` The documentation has no operation ${unknown.join(", ")}; it is left out.`;
      }
    };

    const find = (text) => {
      const words = text.toLowerCase().split(/\s+/).filter((word) => word !== "");
      if (words.length === 0) return [];
      const found = [];
      texts.forEach((title, operation) => {
        if (words.every((word) => title.includes(word)) && !chosen.includes(operation)) found.push(operation);
      });
      return found.sort((left, right) => texts[left].length - texts[right].length || left - right);
    };

    const suggest = () => {
      const found = find(search.value);
      matches.replaceChildren(...found.slice(0, MAX_MATCHES).map((operation) => {
        const button = element("button", element("code", index.operations[operation][1]));
        button.type = "button";
        button.addEventListener("click", () => add(operation));
        return element("li", button);
      }));
      if (search.value.trim() === "") show();
      else {
        const shown = found.length > MAX_MATCHES ? `; the first ${MAX_MATCHES} are listed` : "";
        status.textContent = `${count(found.length, "operation")} found${shown}.`;
      }
    };

    search.addEventListener("input", suggest);
    search.addEventListener("keydown", (event) => {
      const first = matches.querySelector("button");
      if (first === null) return;
      if (event.key === "Enter") first.click();
      else if (event.key === "ArrowDown") first.focus();
      else return;
      event.preventDefault();
    });
    matches.addEventListener("keydown", (event) => {
      const item = event.target.closest("li");
      const next = { ArrowDown: item?.nextElementSibling, ArrowUp: item?.previousElementSibling }[event.key];
      if (event.key === "Escape" || (event.key === "ArrowUp" && !next)) search.focus();
      else if (next) next.querySelector("button").focus();
      else return;
      event.preventDefault();
    });
    addEventListener("hashchange", restore);
    restore();
  };

  if (typeof document !== "undefined") start(globalThis.permissionIndex);
}
