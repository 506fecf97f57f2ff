// Three mends of the stock admin.

// A folded part of a form opens if one of its fields is in error; Django forgets fields that share a line.
for (const part of document.querySelectorAll("details:has(.errorlist)")) part.open = true;

// Names for the boxes that Select2 puts in place of a field: without one a screen reader says only «combo box».

const NAMELESS = ".select2-selection, .select2-selection__rendered[role], .select2-search__field";

function name(container) {
  const field = container.previousElementSibling;
  const label = field?.id && document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
  if (!label) return;
  const words = label.textContent.trim().replace(/:$/, "");
  for (const box of container.querySelectorAll(NAMELESS)) {
    box.setAttribute("aria-label", words);
    box.removeAttribute("aria-labelledby");
  }
}

function nameAll(root) {
  // A name needs a role to stand on.
  for (const hint of root.querySelectorAll?.(".help-tooltip[aria-label]:not([role])") ?? []) hint.role = "img";
  if (root.matches?.(".select2-container--admin-autocomplete")) name(root);
  for (const container of root.querySelectorAll?.(".select2-container--admin-autocomplete") ?? []) name(container);
}

new MutationObserver((changes) => {
  for (const change of changes) change.addedNodes.forEach(nameAll);
}).observe(document.documentElement, { childList: true, subtree: true });
nameAll(document);
