// What is said between the station and its back office, as the log has it, joined to whole messages.

import { get } from "/page/api.js";
import { button, choice, field, fresh, outcome, reading } from "/page/controls.js";
import { h } from "/page/dom.js";
import { t } from "/page/texts.js";

const PATH = "/v1/log?kind=COM&limit=300";
const MOST = 5000;
const SHOWN = 200;
const KINDS = { 2: "call", 3: "answer", 4: "error" };

/** Returns the view of all messages. */
export function messagesView() {
  const told = reading();
  const done = outcome();
  const lines = new Map();
  const rows = new Map();
  const list = h("ul", { class: "messages" });
  const count = h("p", { class: "muted" });
  const sought = h("input", { type: "search", autocomplete: "off", spellcheck: "false" });
  const running = h("input", { type: "checkbox", id: fresh("running"), checked: true });
  let [found, pretty, before, asking] = [[], true, undefined, false];
  const form = choice(t("messages.form"), [[true, t("messages.pretty")], [false, t("messages.raw")]], (wanted) => {
    pretty = wanted;
    form.follow(pretty);
    rows.clear();
    show();
  });
  form.follow(pretty);
  const older = button(t("more.older"), () => read(`${PATH}&before=${before}`, true));

  async function read(path, back = false) {
    if (asking) return;
    asking = true;
    const page = await told.tried(() => get(path));
    asking = false;
    if (!page) return;
    if (back || before === undefined) before = page.before;
    const known = lines.size;
    for (const line of page.lines) lines.set(line.id, line);
    while (!back && lines.size > MOST) lines.delete(Math.min(...lines.keys()));
    if (lines.size !== known || !known) show();
  }
  function show() {
    const words = sought.value.toLowerCase().split(/\s+/).filter(Boolean);
    found = named(joined([...lines.values()].sort((a, b) => a.id - b.id)))
      .filter((it) => words.every((word) => it.text.includes(word))).reverse();
    count.textContent = t(found.length > SHOWN ? "settings.some" : "settings.count", { count: found.length, shown: SHOWN });
    list.replaceChildren(...found.slice(0, SHOWN).map((it) => {
      if (!rows.has(it.id)) rows.set(it.id, row(it, pretty, done));
      return rows.get(it.id);
    }));
    older.hidden = before === null;
  }
  sought.addEventListener("input", show);
  const save = () => download("messages.jsonl", found.map((it) => JSON.stringify({ at: it.at, sent: it.sent, message: it.parsed ?? it.raw })).join("\n"));
  read(PATH);
  const node = h("div", { class: "view" },
    h("header", { class: "title" }, h("h1", {}, t("view.messages")), button(t("messages.save"), save)),
    h("section", { class: "card" },
      h("div", { class: "filters" }, field(t("messages.filter"), sought, t("messages.filter.hint")), form.node),
      h("p", { class: "check" }, running, h("label", { for: running.id }, t("messages.live"))),
      told.node, done.node, count, list, older));
  return { node, update: () => running.checked && read(PATH) };
}

/** Returns whole messages, oldest first; the log cuts long ones into lines with the same head. */
function joined(lines) {
  const whole = [];
  for (const line of lines) {
    const way = /^(->|<-) /.exec(line.text);
    if (way) whole.push({ id: line.id, at: line.at, sent: way[1] === "->", raw: line.text.slice(3) });
    else if (whole.length && whole.at(-1).at === line.at) whole.at(-1).raw += line.text;
  }
  return whole;
}

/** Returns them with what they are: an answer has the name of its call. */
function named(whole) {
  const actions = new Map();
  return whole.map((it) => {
    const parsed = unpacked(it.raw);
    const [kind, id, third] = parsed ?? [];
    if (kind === 2) actions.set(id, third);
    const action = (kind === 2 ? third : actions.get(id)) ?? "";
    return { ...it, parsed, kind: KINDS[kind] ?? "torn", action, text: `${action} ${it.raw}`.toLowerCase() };
  });
}

function unpacked(raw) {
  try {
    return JSON.parse(raw);
  } catch {
    return null;
  }
}

function row(it, pretty, done) {
  const text = () => (pretty && it.parsed ? JSON.stringify(it.parsed, null, 2) : it.raw);
  const inside = h("div", { class: "inside" });
  const details = h("details", {}, h("summary", {},
    h("span", { class: "code" }, it.at.slice(11, 23)), h("span", { class: it.sent ? "way sent" : "way" }, t(it.sent ? "messages.sent" : "messages.received")),
    h("strong", {}, it.action || "–"), h("span", { class: "muted" }, t(`messages.${it.kind}`)), h("span", { class: "code cut" }, it.raw)), inside);
  details.addEventListener("toggle", () => {
    if (!details.open || inside.children.length) return;
    inside.append(h("pre", { class: "code", tabindex: "0" }, text()),
      button(t("messages.copy"), () => done.tried(() => navigator.clipboard.writeText(text()), t("messages.copied"))));
  });
  return h("li", {}, details);
}

function download(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: "application/jsonl" }));
  h("a", { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}
