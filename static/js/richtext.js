// The editor of rich text in the admin. Without this script, or where its code does not arrive, the plain box stays.
// Its elements are those of publishing/richtext.py, which has the last word on what is kept.

const LINK = /^(https?:\/\/\S+|mailto:\S+@\S+|[/#?][^\s]*)$/i;
const MARKS = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/g;

for (const box of document.querySelectorAll("[data-richtext]")) {
  import(box.dataset.editor).then((library) => start(box, library)).catch((error) => console.warn("richtext", error));
}

function elements({ Mark, Extension, ...library }) {
  const mark = (name, attributes = []) =>
    Mark.create({
      name,
      inclusive: false,
      addAttributes: () => Object.fromEntries(attributes.map((attribute) => [attribute, { default: null }])),
      parseHTML: () => [{ tag: name }],
      renderHTML: ({ HTMLAttributes }) => [name, HTMLAttributes, 0],
    });
  return [
    library.Document, library.Text, library.Paragraph, library.HardBreak, library.Blockquote, library.Bold,
    library.Italic, library.BulletList, library.OrderedList, library.ListItem, library.Gapcursor, library.Dropcursor,
    library.History,
    library.Heading.configure({ levels: [2, 3] }),
    library.Link.extend({ addKeyboardShortcuts: () => ({}) }).configure({
      enableTarget: false, autolink: false, openOnClick: false, isAllowedUri: (url) => LINK.test(url ?? ""),
      HTMLAttributes: { target: null, rel: null, class: null, title: null },
    }),
    mark("bdi", ["dir"]),
    mark("q"),
    Extension.create({
      name: "direction",
      addGlobalAttributes: () => [
        { types: ["paragraph"], attributes: { dir: { default: null }, lang: { default: null } } },
      ],
    }),
  ];
}

function start(box, library) {
  const area = box.querySelector("textarea");
  const label = document.querySelector(`label[for="${CSS.escape(area.id)}"]`);
  const surface = document.createElement("div");
  area.before(surface);
  let written = area.value;

  const editor = new library.Editor({
    element: surface,
    content: shown(area.value),
    extensions: elements(library),
    injectCSS: false, // the policy refuses style elements: admin.css has the rules
    editable: !area.disabled && !area.readOnly,
    editorProps: {
      attributes: named(area, label),
      transformPastedHTML: tidy,
      transformPastedText: (text) => text.replace(MARKS, ""),
    },
    onUpdate() {
      written = editor.isEmpty ? "" : editor.getHTML();
      area.value = written;
      area.dispatchEvent(new Event("input", { bubbles: true }));
    },
    onTransaction: () => show(box, editor),
  });

  area.hidden = true;
  label?.addEventListener("click", () => editor.commands.focus());
  // Another script may put a text back into the box.
  const take = () => {
    if (area.value === written) return;
    written = area.value;
    editor.commands.setContent(shown(written), { emitUpdate: false });
  };
  for (const event of ["input", "change"]) area.addEventListener(event, take);
  box.querySelector("[data-without-tools]").hidden = true;
  box.querySelector("[data-with-tools]").hidden = false;
  tools(box, editor);
  show(box, editor);
}

// What the plain box holds may have been typed plainly, on this page or before an error: its lines stay lines.
function shown(text) {
  if (/<(p|h[1-6]|ul|ol|li|blockquote|div)\b/i.test(text)) return text;
  const escaped = text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").trim();
  if (!escaped) return "";
  const blocks = escaped.split(/\r?\n\s*\n/).map((block) => block.split(/\r?\n/).map((line) => line.trim()));
  const bullet = /^[-–•·▪●◦*]\s+/;
  return blocks
    .map((lines) =>
      lines.every((line) => bullet.test(line))
        ? `<ul>${lines.map((line) => `<li>${line.replace(bullet, "")}</li>`).join("")}</ul>`
        : `<p>${lines.join("<br>")}</p>`,
    )
    .join("");
}

function named(area, label) {
  const attributes = { role: "textbox", "aria-multiline": "true", dir: "rtl", class: "surface" };
  if (label) attributes["aria-label"] = label.textContent.trim().replace(/:$/, "");
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (area.hasAttribute(name)) attributes[name] = area.getAttribute(name);
  }
  return attributes;
}

// Tools

const ACTS = {
  h2: (chain) => chain.toggleHeading({ level: 2 }),
  h3: (chain) => chain.toggleHeading({ level: 3 }),
  strong: (chain) => chain.toggleBold(),
  ul: (chain) => chain.toggleBulletList(),
  ol: (chain) => chain.toggleOrderedList(),
  blockquote: (chain) => chain.toggleBlockquote(),
  clear: (chain) => chain.unsetAllMarks().clearNodes(),
  undo: (chain) => chain.undo(),
  redo: (chain) => chain.redo(),
};
const ACTIVE = {
  h2: ["heading", { level: 2 }], h3: ["heading", { level: 3 }], strong: ["bold"], link: ["link"],
  ul: ["bulletList"], ol: ["orderedList"], blockquote: ["blockquote"],
};

function show(box, editor) {
  for (const button of box.querySelectorAll("[aria-pressed]")) {
    button.setAttribute("aria-pressed", String(editor.isActive(...ACTIVE[button.dataset.act])));
  }
}

function tools(box, editor) {
  const bar = box.querySelector("[role=toolbar]");
  const buttons = [...bar.querySelectorAll("button")];
  const link = linkBox(box, editor);
  bar.hidden = false;
  bar.addEventListener("click", (event) => {
    const act = event.target.closest("button")?.dataset.act;
    if (act === "link") link.open();
    else if (act) ACTS[act](editor.chain().focus()).run();
  });
  // The pointer leaves the selection where it is.
  bar.addEventListener("mousedown", (event) => event.preventDefault());

  // One stop of the Tab key; the arrows go from tool to tool, in the direction of the page.
  const stop = (index) => {
    buttons.forEach((button, place) => (button.tabIndex = place === index ? 0 : -1));
  };
  stop(0);
  bar.addEventListener("focusin", (event) => stop(buttons.indexOf(event.target)));
  bar.addEventListener("keydown", (event) => {
    const onward = getComputedStyle(bar).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = onward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    const last = buttons.length - 1;
    const here = buttons.indexOf(document.activeElement);
    const place = { [onward]: here === last ? 0 : here + 1, [back]: here === 0 ? last : here - 1, Home: 0, End: last };
    if (event.key === "Escape") editor.commands.focus();
    else if (event.key in place) buttons[place[event.key]].focus();
    else return;
    event.preventDefault();
  });
  editor.view.dom.addEventListener("keydown", (event) => {
    if (event.altKey && event.key === "F10") bar.querySelector("[tabindex='0']").focus();
    else if ((event.ctrlKey || event.metaKey) && event.code === "KeyK") link.open();
    else return;
    event.preventDefault();
  });
}

function linkBox(box, editor) {
  const panel = box.querySelector(".link-box");
  const input = panel.querySelector("input");
  const error = panel.querySelector("[role=alert]");
  const opener = box.querySelector("[data-act=link]");

  const toggle = (open) => {
    panel.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    complain(false);
    if (open) input.focus();
    else editor.commands.focus();
  };
  const complain = (wrong) => {
    error.hidden = !wrong;
    input.setAttribute("aria-invalid", String(wrong));
  };
  const set = () => {
    const typed = input.value.trim().replace(MARKS, "");
    const href = /^[\w-]+(\.[\w-]+)+([/?#]\S*)?$/.test(typed) ? `https://${typed}` : typed;
    if (!LINK.test(href)) {
      complain(true);
      input.focus();
      return;
    }
    toggle(false);
    const chain = editor.chain().focus().extendMarkRange("link");
    if (editor.state.selection.empty && !editor.isActive("link")) {
      chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
    } else {
      chain.setLink({ href }).run();
    }
  };
  const acts = {
    "link-set": set,
    "link-remove": () => {
      toggle(false);
      editor.chain().focus().extendMarkRange("link").unsetLink().run();
    },
    "link-cancel": () => toggle(false),
  };
  panel.addEventListener("click", (event) => acts[event.target.closest("button")?.dataset.act]?.());
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") toggle(false);
    else if (event.key === "Enter" && event.target === input) set();
    else return;
    event.preventDefault();
  });
  return {
    open() {
      input.value = editor.getAttributes("link").href ?? "";
      toggle(true);
      input.select();
    },
  };
}

// Paste: what Word and other programs write, in the elements of the editor

function tidy(html) {
  // The policy complains of styles and handlers even where they are only parsed: they are read under other names.
  const source = html
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<(style|script|xml|title)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<[^>]*>/g, (tag) => tag.replace(/\s(style|on\w+)(\s*=)/gi, " data-$1$2"));
  const page = new DOMParser().parseFromString(source, "text/html");
  const style = (node) => node.dataset.style ?? "";

  for (const node of page.querySelectorAll("h1")) rename(node, "h2");
  for (const node of page.querySelectorAll("h4, h5, h6")) rename(node, "h3");
  for (const node of page.querySelectorAll("p.MsoTitle, p[class*=MsoHeading]")) rename(node, "h2");
  // Programs that know no element for bold write it as a style; Google wraps a whole text in a <b> that is not bold.
  for (const node of page.querySelectorAll("b, strong, span")) {
    const weight = /font-weight:\s*(\w+)/i.exec(style(node))?.[1];
    if (node.localName === "span" ? weight === "bold" || Number(weight) >= 600 : weight === "normal") {
      rename(node, node.localName === "span" ? "strong" : "span");
    }
  }
  for (const row of page.querySelectorAll("tr")) {
    const line = document.createElement("p");
    [...row.cells].forEach((cell, place) => line.append(place ? " – " : "", ...cell.childNodes));
    for (const block of line.querySelectorAll("p, div")) block.replaceWith(...block.childNodes, " ");
    row.closest("table").before(line);
  }
  for (const table of page.querySelectorAll("table")) table.remove();
  lists(page, style);
  for (const node of page.querySelectorAll("img, o\\:p")) {
    if (!node.textContent.trim()) node.remove();
  }
  for (const node of page.querySelectorAll("p, h2, h3, li")) {
    if (!node.textContent.replace(/\u00a0/g, " ").trim() && !node.querySelector("br")) node.remove();
  }
  // The page is written from right to left already; a paragraph of another direction keeps it.
  for (const node of page.querySelectorAll("[dir], [lang]")) {
    if (node.dir !== "ltr") node.removeAttribute("dir");
    node.removeAttribute("lang");
  }
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    text.data = text.data.replace(MARKS, "").replace(/\s*\u00a0[\s\u00a0]*/g, " ");
  }
  return page.body.innerHTML;
}

function rename(node, name) {
  const other = node.ownerDocument.createElement(name);
  if (node.dataset.style) other.dataset.style = node.dataset.style;
  other.append(...node.childNodes);
  node.replaceWith(other);
}

// Word writes the points of a list as paragraphs, each with its level and the mark that it shows.
function lists(page, style) {
  let open = [];
  for (const line of page.querySelectorAll("p")) {
    const level = Number(/mso-list:[^;"]*level(\d+)/i.exec(style(line))?.[1] ?? 0);
    if (!level || line.closest("li")) {
      open = [];
      continue;
    }
    if (open.length && open.at(-1).end !== line.previousElementSibling) open = [];
    const mark = [...line.querySelectorAll("span")].find((span) => /mso-list:\s*ignore/i.test(style(span)));
    const name = /[\p{L}\p{N}]/u.test((mark?.textContent ?? "").replace(/^\s*[o§]\s*$/, "")) ? "ol" : "ul";
    mark?.remove();
    while (open.length && open.at(-1).level > level) open.pop();
    let list = open.at(-1);
    if (!list || list.level < level) {
      const node = page.createElement(name);
      if (list) list.node.lastElementChild.append(node);
      else line.before(node);
      list = { node, level, end: null };
      open.push(list);
    }
    const item = page.createElement("li");
    item.append(...line.childNodes);
    list.node.append(item);
    line.remove();
    open.forEach((each) => (each.end = open[0].node));
  }
}
