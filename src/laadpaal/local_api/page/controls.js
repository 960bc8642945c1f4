// The few controls that every view is made of: buttons that tell what came of it, sliders, choices.

import { h } from "/page/dom.js";
import { t } from "/page/texts.js";

let ids = 0;

/** Returns an id that nothing else on the page has. */
export const fresh = (name) => `${name}-${++ids}`;

/** Returns a line that tells what came of what was last asked, and `tried(deed)` that asks. */
export function outcome() {
  const node = h("p", { class: "outcome", role: "status" });
  function say(text, refused = false) {
    node.className = refused ? "outcome refused" : "outcome";
    node.textContent = text;
  }
  async function tried(deed, done) {
    say("…");
    try {
      const answer = await deed();
      say(done ?? t(`answer.${answer?.answer ?? "accepted"}`));
      return answer;
    } catch (refusal) {
      say(refusal.message, true);
      return null;
    }
  }
  return { node, say, tried };
}

/** Returns a line that says what could not be read, and `tried(question)` that asks. */
export function reading() {
  const node = h("p", { class: "outcome refused", role: "alert", hidden: true });
  async function tried(question) {
    try {
      const answer = await question();
      node.hidden = true;
      return answer;
    } catch (refusal) {
      node.hidden = false;
      node.textContent = refusal.message;
      return null;
    }
  }
  return { node, tried };
}

/** Returns a button. */
export function button(label, press, kind = "") {
  return h("button", { type: "button", class: `button ${kind}`, click: press }, label);
}

/** Returns a control with its label above and, if any, a hint below. */
export function field(label, control, hint = null) {
  control.id ||= fresh("field");
  const said = hint === null ? null : h("small", { class: "hint", id: `${control.id}-hint` }, hint);
  if (said) control.setAttribute("aria-describedby", said.id);
  return h("div", { class: "field" }, h("label", { for: control.id }, label), control, said);
}

/** Returns a form of `[name, control, label, hint]`; what is refused as `name: why` stands at that field. */
export function form(parts, label, deed, done) {
  const told = outcome();
  const rows = parts.map(([name, control, said, hint = null]) => {
    const wrong = h("p", { class: "wrong", id: fresh("wrong"), role: "alert" });
    const node = field(said, control, hint);
    control.setAttribute("aria-describedby", [control.getAttribute("aria-describedby"), wrong.id].filter(Boolean).join(" "));
    return { name, control, wrong, node };
  });
  async function submit(event) {
    event.preventDefault();
    for (const { control, wrong } of rows) {
      control.removeAttribute("aria-invalid");
      wrong.textContent = "";
    }
    try {
      await deed();
      event.target.reset();
      told.say(done ?? t("answer.accepted"));
    } catch (refusal) {
      refuse(refusal.message);
    }
  }
  function refuse(said) {
    const [, name, why] = /^(?:body\.)?(\w+): ([^]*)$/.exec(said) ?? [];
    const at = rows.find((it) => it.name === name);
    told.say(at ? "" : said, true);
    if (!at) return;
    at.wrong.textContent = why;
    at.control.setAttribute("aria-invalid", "true");
    at.control.focus();
  }
  return h("form", { submit, novalidate: true }, rows.flatMap((it) => [it.node, it.wrong]),
    h("div", { class: "row" }, h("button", { type: "submit", class: "button" }, label)), told.node);
}

/** Returns a slider with its value beside it; `set` is asked when it is let go. */
export function slider(label, { low, high, step = 1, shown, set }) {
  const value = h("output");
  const control = h("input", { type: "range", min: low, max: high, step, id: fresh("slider") });
  const say = () => {
    value.textContent = shown(Number(control.value));
    control.setAttribute("aria-valuetext", value.textContent);
  };
  control.addEventListener("input", say);
  control.addEventListener("change", () => set(Number(control.value)));
  const node = h("div", { class: "field slider" }, h("label", { for: control.id }, label, value), control);
  /** Follows the station, but not while somebody moves it. */
  function follow(now) {
    if (document.activeElement === control && control.matches(":active")) return;
    control.value = now;
    say();
  }
  follow(high);
  return { node, control, value, follow };
}

/** Returns a group of buttons of which one is pressed. */
export function choice(label, options, set) {
  const buttons = options.map(([value, text]) =>
    h("button", { type: "button", class: "option", "aria-pressed": "false", click: () => set(value) }, text));
  const node = h("div", { class: "field" }, h("span", { class: "label" }, label),
    h("div", { class: "choice", role: "group", "aria-label": label }, buttons));
  const follow = (now) => options.forEach(([value], n) => buttons[n].setAttribute("aria-pressed", value === now));
  return { node, follow };
}
