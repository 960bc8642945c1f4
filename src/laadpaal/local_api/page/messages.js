// What is said between the station and its back office, followed as it is said.

import { get } from "/page/api.js";
import { button, choice, field, fresh, outcome, reading } from "/page/controls.js";
import { arrange, h } from "/page/dom.js";
import { precise } from "/page/format.js";
import { t } from "/page/texts.js";

const PATH = "/v1/messages";
const MOST = 1000;
const PAUSE_MS = 250;

/** Returns the view of all messages. */
export function messagesView(live) {
  const told = reading();
  const done = outcome();
  const found = new Map();
  const rows = new Map();
  const list = h("ul", { class: "messages" });
  const count = h("p", { class: "muted", role: "status" });
  const sought = h("input", { type: "search", autocomplete: "off", spellcheck: "false", maxlength: 200 });
  const running = h("input", { type: "checkbox", id: fresh("running"), checked: true });
  const save = h("a", { class: "button", download: "" }, t("messages.save"));
  const older = button(t("more.older"), () => read(`&before=${before}`));
  let [pretty, before, asked, waiting, painting] = [true, null, 0, null, null];
  const form = choice(t("messages.form"), [[true, t("messages.pretty")], [false, t("messages.raw")]], (wanted) => {
    pretty = wanted;
    form.follow(pretty);
    rows.clear();
    show();
  });
  form.follow(pretty);

  async function read(more = "") {
    const question = ++asked;
    const page = await told.tried(() => get(`${PATH}?${wanted()}${more}`));
    if (!page || question !== asked) return;
    for (const it of page.messages) found.set(it.number, it);
    before = page.before;
    show();
  }
  /** Begins anew: something else is sought, or what was said meanwhile was not heard here. */
  function again() {
    found.clear();
    rows.clear();
    save.href = `${PATH}.jsonl?${wanted()}`;
    return read();
  }
  const words = () => sought.value.trim();
  const wanted = () => new URLSearchParams(words() ? { text: words() } : {});
  function hear(it) {
    if (!`${it.action} ${it.text}`.toLowerCase().includes(words().toLowerCase())) return;
    found.set(it.number, it);
    if (found.size > MOST) forget(Math.min(...found.keys()));
    if (running.checked) painting ??= requestAnimationFrame(show);
  }
  function forget(number) {
    found.delete(number);
    rows.delete(number);
    before = number + 1;
  }
  function show() {
    painting = null;
    const newest = [...found.values()].sort((a, b) => b.number - a.number);
    count.textContent = t("settings.count", { count: newest.length });
    arrange(list, newest.map((it) => {
      if (!rows.has(it.number)) rows.set(it.number, row(it, pretty, done));
      return rows.get(it.number);
    }));
    older.hidden = before === null;
  }
  sought.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(again, PAUSE_MS);
  });
  running.addEventListener("change", show);
  live.opened.add(again);
  live.said.add(hear);
  again();
  const node = h("div", { class: "view" },
    h("header", { class: "title" }, h("h1", {}, t("view.messages")), save),
    h("section", { class: "card" },
      h("div", { class: "filters" }, field(t("messages.filter"), sought, t("messages.filter.hint")), form.node),
      h("p", { class: "check" }, running, h("label", { for: running.id }, t("messages.live"))),
      told.node, done.node, count, list, older));
  return { node };
}

function row(it, pretty, done) {
  const text = () => (pretty ? indented(it.text) : it.text);
  const inside = h("div", { class: "inside" });
  const kind = t(`messages.${it.kind}`);
  const details = h("details", {}, h("summary", {},
    h("span", { class: "code" }, precise(it.at)), h("span", { class: it.sent ? "way sent" : "way" }, t(it.sent ? "messages.sent" : "messages.received")),
    h("strong", {}, it.action || "–"), h("span", { class: it.error ? "wrong" : "muted" }, it.error || kind), h("span", { class: "code cut" }, it.text)), inside);
  details.addEventListener("toggle", () => {
    if (!details.open || inside.children.length) return;
    inside.append(h("pre", { class: "code", tabindex: "0" }, text()),
      h("p", { class: "muted" }, t("messages.size", { kind, size: it.size })),
      button(t("messages.copy"), () => done.tried(() => navigator.clipboard.writeText(text()), t("messages.copied"))));
  });
  return h("li", {}, details);
}

/** Returns JSON for people; what is none, or is cut, stays as it is. */
function indented(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
