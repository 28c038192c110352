// Search and the account menu. Pages read well without it.
"use strict";

// Asks who is signed in when the menu is opened; on a page that is not for everyone, at once.
const account = document.querySelector("details.account");
if (account) {
  const fill = async () => {
    let session;
    try {
      const answer = await fetch("/auth/session", { headers: { accept: "application/json" } });
      if (!answer.ok) return;
      session = await answer.json();
    } catch {
      return; // The links that are there lead on.
    }
    const panel = account.querySelector(".panel");
    const link = (href, text) => {
      const made = document.createElement("a");
      made.href = href;
      made.textContent = text;
      return made;
    };
    const who = document.createElement("p");
    const name = document.createElement("strong");
    name.textContent = session.user.email || session.user.username;
    who.append(account.dataset.signedIn, " ", name);
    const groups = session.groups || [];
    const mayWrite = account.dataset.desk.split(" ").some((group) => groups.includes(group));
    panel.replaceChildren(
      who,
      ...(mayWrite ? [link("/admin/", account.dataset.write)] : []),
      link("/auth/sign-out", account.dataset.signOut),
    );
  };
  let asked = false;
  const ask = () => {
    if (!asked) fill();
    asked = true;
  };
  account.addEventListener("toggle", ask);
  if ("inside" in account.dataset) ask();
  document.addEventListener("click", (event) => {
    if (!account.contains(event.target)) account.open = false;
  });
  account.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !account.open) return;
    account.open = false;
    account.querySelector("summary").focus();
  });
}

// Fills the search page: while somebody types, on Enter, and from an address with ?q=.
const form = document.querySelector("form.search[data-api]");
if (form) {
  const input = form.elements.q;
  const found = document.querySelector(".found");
  const results = document.querySelector(".results");
  let request, pause;

  const words = (query) => query.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);

  // Text with the words that were looked for marked.
  const marked = (text, query) => {
    const sought = words(query).sort((a, b) => b.length - a.length).join("|");
    if (!sought) return [text];
    return text.split(new RegExp(`(?<![\\p{L}\\p{N}])(${sought})`, "giu")).map((part, at) => {
      if (at % 2 === 0) return part;
      const mark = document.createElement("mark");
      mark.textContent = part;
      return mark;
    });
  };

  const shown = (hit, query) => {
    const item = document.createElement("li");
    const title = document.createElement("h2");
    const link = document.createElement("a");
    link.href = hit.path;
    link.append(...marked(hit.title, query));
    title.append(link);
    const excerpt = document.createElement("p");
    excerpt.append(...marked(hit.excerpt || hit.summary || "", query));
    const place = document.createElement("p");
    place.className = "place";
    place.textContent = hit.path;
    item.append(title, excerpt, place);
    return item;
  };

  const say = (text, query = "", count = 0) => {
    found.textContent = text.replace("{count}", count).replace("{query}", () => query);
  };

  const search = async (query) => {
    request?.abort();
    if (!words(query).length) {
      results.replaceChildren();
      return say("");
    }
    request = new AbortController();
    const { signal } = request;
    const waiting = setTimeout(() => say(form.dataset.waiting), 400);
    try {
      const address = `${form.dataset.api}?q=${encodeURIComponent(query)}`;
      const answer = await fetch(address, { signal, headers: { accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.statusText);
      const { items, total, next } = await answer.json();
      const count = total ?? `${items.length}${next ? "+" : ""}`;
      results.replaceChildren(...items.map((hit) => shown(hit, query)));
      const { none, one, many } = form.dataset;
      say(items.length === 0 ? none : items.length === 1 && !next ? one : many, query, count);
    } catch (problem) {
      if (problem.name === "AbortError") return;
      results.replaceChildren();
      say(form.dataset.failed);
    } finally {
      clearTimeout(waiting);
    }
  };

  const remember = (query, how) => {
    const address = query ? `?q=${encodeURIComponent(query)}` : location.pathname;
    history[how]({}, "", address);
  };
  const asked = () => new URLSearchParams(location.search).get("q") ?? "";

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    const query = input.value.trim();
    if (query !== asked()) remember(query, "pushState");
    search(query);
  });
  input.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      const query = input.value.trim();
      remember(query, "replaceState");
      search(query);
    }, 250);
  });
  const begin = () => {
    input.value = asked();
    search(input.value.trim());
  };
  window.addEventListener("popstate", begin);
  begin();
  if (!input.value) input.focus();
}
