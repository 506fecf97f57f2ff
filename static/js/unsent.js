// What was sent to the desk and got no answer, because the connection was lost, is offered again in the same window.
// It lies in the window's own store until an answer comes. Files are not kept: browsers hand them out once.

const STORE = "unsent:";
const here = STORE + location.pathname;
const box = document.getElementById("unsent");
const seen = document.querySelector("input[name=_seen]");
const form = seen?.form;
// The server has answered: it saved, it asks to mend something, or it brought the text back itself.
const answered = document.querySelector(".messagelist .success, .messagelist .warning, .errornote, [data-answered]");

if (answered) {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(STORE)) sessionStorage.removeItem(key);
} else if (form && box && sessionStorage.getItem(here)) {
  show("lost");
}

form?.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  if (!navigator.onLine && box) {
    event.preventDefault();
    show("offline");
    return;
  }
  const button = event.submitter?.name ? [[event.submitter.name, event.submitter.value]] : [];
  const typed = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
  try {
    sessionStorage.setItem(here, JSON.stringify([...typed, ...button.filter((pair) => !typed.some(([name]) => name === pair[0]))]));
  } catch (error) {
    console.warn("unsent", error);
  }
});

box?.querySelector("[data-again]").addEventListener("click", () => {
  const again = document.createElement("form");
  again.method = "post";
  again.hidden = true;
  const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
  for (const [name, value] of [["csrfmiddlewaretoken", token], ...JSON.parse(sessionStorage.getItem(here))]) {
    // A step such as publishing is taken by its own button only.
    if (name === "_step" && value !== "save") continue;
    const field = document.createElement("textarea");
    field.name = name;
    field.value = value;
    again.append(field);
  }
  document.body.append(again);
  again.submit();
});

box?.querySelector("[data-drop]").addEventListener("click", () => {
  sessionStorage.removeItem(here);
  box.hidden = true;
});

function show(state) {
  box.hidden = false;
  for (const part of box.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== state;
  box.scrollIntoView({ block: "nearest" });
}
