// The station's log, back from its newest line.

import { get } from "/page/api.js";
import { button, field, reading } from "/page/controls.js";
import { h } from "/page/dom.js";
import { scrolled } from "/page/sessions.js";
import { t } from "/page/texts.js";

const PATH = "/v1/log";
const KINDS = ["INFO", "WARNING", "ERROR", "USER", "COM", "SECURITY", "RESET"];

/** Returns the view of the log. */
export function logView() {
  const told = reading();
  const body = h("tbody");
  const text = h("input", { type: "search", autocomplete: "off", spellcheck: "false" });
  const kind = h("select", {}, h("option", { value: "" }, t("log.any")), KINDS.map((it) => h("option", { value: it }, it)));
  const older = button(t("more.older"), () => more());
  let before = null;
  async function more() {
    const wanted = Object.entries({ before, kind: kind.value, text: text.value.trim() }).filter(([, it]) => it !== null && it !== "");
    const page = await told.tried(() => get(`${PATH}?${new URLSearchParams(wanted)}`));
    if (!page) return;
    body.append(...page.lines.map(row));
    before = page.before;
    older.hidden = before === null;
  }
  function again() {
    before = null;
    body.replaceChildren();
    return more();
  }
  text.addEventListener("change", again);
  kind.addEventListener("change", again);
  more();
  const heads = ["time", "kind", "text"].map((key) => h("th", { scope: "col" }, t(`log.${key}`)));
  const table = h("table", { class: "log" }, h("caption", {}, t("log.newest")), h("thead", {}, h("tr", {}, heads)), body);
  const node = h("div", { class: "view" },
    h("header", { class: "title" }, h("h1", {}, t("view.log")), button(t("more.again"), again)),
    h("section", { class: "card" }, h("div", { class: "filters" }, field(t("log.text"), text), field(t("log.kind"), kind)),
      scrolled(t("view.log"), table), told.node, older));
  return { node };
}

function row(line) {
  return h("tr", { class: `kind-${line.kind.toLowerCase()}` },
    h("td", { class: "code" }, line.at), h("td", {}, line.kind), h("td", { class: "code said", title: line.source }, line.text));
}
