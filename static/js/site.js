// What the pages gain where JavaScript runs. Everything works without it, so nothing here is needed for anything.
// The syntax is that of the first browsers that know modules: an older one would report an error for a newer word.

const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

// --- Menu, filters and sections of a chamber: Escape and a click elsewhere close them -------------------------------

const DISCLOSURES = ".site-menu, .filters, .chamber-bar details";

// On a wide screen the filters always stand open, and their summary is only a heading.
const isClosable = (details) =>
  details.open && getComputedStyle(details.querySelector("summary")).pointerEvents !== "none";

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  // The first Escape in a search box empties it.
  if (event.target.type === "search" && event.target.value) return;
  for (const details of all(DISCLOSURES).filter(isClosable)) {
    const hadFocus = details.contains(document.activeElement);
    details.open = false;
    if (hadFocus) details.querySelector("summary").focus();
  }
});

document.addEventListener("click", (event) => {
  for (const details of all(DISCLOSURES).filter(isClosable)) {
    if (!details.contains(event.target)) details.open = false;
  }
});

// --- Filters, sorting and paging: the new page stands where the old one stood ---------------------------------------

const PLACE = "place";
const STALE = 30000; // A page that took longer than this many milliseconds is a new visit.

// The months of the calendar are one list.
const listOf = (path) => path.replace(/\d+\/\d+\/$/, "");

function keepPlace(address, toResults) {
  const url = new URL(address, location.href);
  if (url.origin !== location.origin || url.hash || listOf(url.pathname) !== listOf(location.pathname)) return;
  const place = { list: listOf(url.pathname), y: scrollY, toResults, at: Date.now() };
  try {
    sessionStorage.setItem(PLACE, JSON.stringify(place));
  } catch (refused) {
    // Storage is full or forbidden: the page starts at its top, as it does without JavaScript.
  }
}

function takePlace() {
  let place = null;
  try {
    place = JSON.parse(sessionStorage.getItem(PLACE));
    sessionStorage.removeItem(PLACE);
  } catch (refused) {
    return;
  }
  const [visit] = performance.getEntriesByType("navigation");
  // A fragment says where to stand; going back, forward or reloading, the browser knows it.
  if (!place || location.hash || !visit || visit.type !== "navigate") return;
  if (place.list !== listOf(location.pathname) || Date.now() - place.at > STALE) return;
  const results = place.toResults && document.getElementById("results");
  // A further page of a list is read from its first row, never from where the links to pages stood.
  const y = results ? Math.min(place.y, results.getBoundingClientRect().top + scrollY) : place.y;
  scrollTo(0, y);
}

document.addEventListener("click", (event) => {
  // The attribute, not the property: links on the map are SVG, where the property is no string.
  const link = event.target.closest("main a[href]:not([target])");
  const opensElsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || opensElsewhere || event.defaultPrevented) return;
  keepPlace(link.getAttribute("href"), link.closest(".pagination") !== null);
});

document.addEventListener("submit", (event) => {
  if (event.target.method === "get" && event.target.closest("main")) keepPlace(event.target.action, false);
});

takePlace();

// --- Copy the link, share, print: buttons that only JavaScript can serve --------------------------------------------

function copyOldWay(text) {
  const box = document.createElement("textarea");
  box.value = text;
  box.className = "visually-hidden";
  document.body.append(box);
  box.select();
  const isDone = document.execCommand("copy");
  box.remove();
  return isDone ? Promise.resolve() : Promise.reject(new Error("not copied"));
}

// The clipboard is there on secure addresses alone.
const copy = (text) => (navigator.clipboard ? navigator.clipboard.writeText(text) : copyOldWay(text));

for (const share of all("[data-share]")) {
  const address = () => {
    const canonical = document.querySelector('link[rel="canonical"]');
    return canonical ? canonical.href : location.href;
  };
  const status = share.querySelector("[role=status]");
  const acts = {
    copy(button) {
      copy(address()).then(
        () => { status.textContent = button.dataset.done; button.focus(); },
        () => { status.textContent = address(); },
      );
    },
    share() {
      // Whoever closes the sheet without sharing has made no mistake.
      navigator.share({ title: document.title, url: address() }).catch(() => {});
    },
    print() {
      print();
    },
  };
  for (const button of all("button[data-act]", share)) {
    const { act } = button.dataset;
    if (act === "share" && !navigator.share) button.remove();
    else button.addEventListener("click", () => acts[act](button));
  }
  share.hidden = false;
}

// --- A long agenda: the jump list shows the item that is being read -------------------------------------------------

const jumps = new Map(all(".agenda-jump a[href^='#item-']").map((link) => [link.hash.slice(1), link]));

if (jumps.size && window.IntersectionObserver) {
  // An item is read while it crosses a line near the top of the window, where a jump puts it.
  const reader = new IntersectionObserver((entries) => {
    for (const { target } of entries.filter((entry) => entry.isIntersecting)) {
      for (const link of jumps.values()) link.removeAttribute("aria-current");
      const link = jumps.get(target.id);
      link.setAttribute("aria-current", "location");
      const list = link.closest(".agenda-jump");
      const above = link.getBoundingClientRect().top - list.getBoundingClientRect().top;
      if (above < 0 || above > list.clientHeight - link.offsetHeight) list.scrollTop += above - list.clientHeight / 2;
    }
  }, { rootMargin: "-8% 0px -91% 0px" });
  for (const id of jumps.keys()) {
    const item = document.getElementById(id);
    if (item) reader.observe(item);
  }
}

// --- Suggestions under a search box, after three letters -----------------------------------------------------------

const SHORTEST = 3; // Letters.
const PAUSE = 200; // Milliseconds without a key before the portal is asked.

for (const form of all("form[data-suggest]")) {
  const box = form.querySelector("input[name=q]");
  const list = document.createElement("ul");
  let current = -1;
  let timer = 0;

  list.id = `${box.id}-list`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.querySelector("label").textContent);
  box.after(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id],
    ["aria-expanded", "false"]]) box.setAttribute(name, value);

  const mark = (index) => {
    current = index;
    all("[role=option]", list).forEach((option, place) => option.setAttribute("aria-selected", place === index));
    if (index < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", list.children[index].id);
  };

  const show = (words) => {
    list.textContent = "";
    words.forEach((text, place) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${place}`;
      option.setAttribute("role", "option");
      option.dir = "auto";
      option.textContent = text;
      list.append(option);
    });
    list.hidden = words.length === 0;
    box.setAttribute("aria-expanded", words.length > 0);
    mark(-1);
  };

  const take = (option) => {
    box.value = option.textContent;
    show([]);
    form.submit();
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    const typed = box.value;
    if (typed.trim().length < SHORTEST) return show([]);
    timer = setTimeout(() => {
      fetch(`${form.dataset.suggest}?q=${encodeURIComponent(typed)}`)
        .then((answer) => answer.json())
        .then((found) => { if (box.value === typed) show(found.suggestions); })
        .catch(() => show([]));
    }, PAUSE);
  });

  box.addEventListener("keydown", (event) => {
    const total = list.children.length;
    if (!total) return;
    if (event.key === "ArrowDown") mark((current + 1) % total);
    else if (event.key === "ArrowUp") mark((current < 1 ? total : current) - 1);
    else if (event.key === "Enter" && current >= 0) take(list.children[current]);
    else if (event.key === "Escape") show([]);
    else return;
    event.preventDefault();
  });

  list.addEventListener("mousedown", (event) => {
    if (event.target.getAttribute("role") === "option") take(event.target);
  });
  box.addEventListener("blur", () => show([]));
}

// --- Map and list: pointing at a region in one shows it in the other ------------------------------------------------

let tied = null;

function tie(event) {
  const region = event.target.closest && event.target.closest("[data-region]");
  const code = region ? region.dataset.region : null;
  if (code === tied) return;
  tied = code;
  for (const part of all("[data-region]")) part.classList.toggle("tied", part.dataset.region === code);
}

if (document.querySelector("[data-region]")) {
  document.addEventListener("mouseover", tie);
  document.addEventListener("focusin", tie);
}

// --- On paper everything is open, in browsers too that cannot be told so by the style sheet -------------------------

let opened = [];

addEventListener("beforeprint", () => {
  opened = all("main details:not([open])");
  for (const details of opened) details.open = true;
});

addEventListener("afterprint", () => {
  for (const details of opened) details.open = false;
});
