// Every property of the station: found by any of its names, explained, bounded, and changed.

import { get, put } from "/page/api.js";
import { button, field, fresh, reading } from "/page/controls.js";
import { h } from "/page/dom.js";
import { t } from "/page/texts.js";

const PATH = "/v1/properties";
const SHOWN = 60;

/** Returns the view of all properties. */
export function settingsView() {
  const told = reading();
  const list = h("ul", { class: "properties" });
  const count = h("p", { class: "muted", role: "status" });
  const sought = h("input", { type: "search", autocomplete: "off", spellcheck: "false" });
  const only = h("input", { type: "checkbox", id: fresh("only") });
  let all = [];
  function show() {
    const words = sought.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = all.filter((it) => (!only.checked || writable(it)) && words.every((word) => it.text.includes(word)));
    count.textContent = t(found.length > SHOWN ? "settings.some" : "settings.count", { count: found.length, shown: SHOWN });
    list.replaceChildren(...found.slice(0, SHOWN).map(property));
  }
  async function load() {
    const rows = await told.tried(() => get(PATH));
    all = (rows ?? []).map((it) => ({ ...it, text: searchable(it) }));
    show();
  }
  sought.addEventListener("input", show);
  only.addEventListener("change", show);
  load();
  const node = h("div", { class: "view" },
    h("header", { class: "title" }, h("h1", {}, t("view.settings"))),
    h("section", { class: "card" }, field(t("settings.search"), sought, t("settings.search.hint")),
      h("p", { class: "check" }, only, h("label", { for: only.id }, t("settings.only"))), told.node, count, list));
  return { node };
}

const writable = (it) => it.access !== null && it.access !== "station" && !it.fixed;

function searchable(it) {
  return [it.id, it.help, it.value, it.unit, ...it.keys, ...it.variables].join(" ").toLowerCase();
}

function property(it) {
  const value = h("span", { class: "now" }, shown(it));
  const head = [h("span", { class: "help" }, it.help), value, h("span", { class: "names" }, names(it))];
  const pending = it.pending ? h("span", { class: "badge" }, t("settings.pending")) : null;
  if (!writable(it)) return h("li", {}, h("div", { class: "property" }, head));
  const details = h("details", {}, h("summary", { class: "property" }, head, pending));
  details.addEventListener("toggle", () => details.open && !details.querySelector("form") && details.append(form(it, value)));
  return h("li", {}, details);
}

function names(it) {
  const whose = it.connector ? t("settings.connector", { n: it.evse }) : it.evse ? t("socket.number", { n: it.evse }) : "";
  return [it.id, whose, ...it.keys, ...it.variables].filter(Boolean).join(" · ");
}

function shown(it) {
  if (it.secret) return "•••";
  return it.value === "" ? "–" : `${it.value}${it.unit ? ` ${it.unit}` : ""}`;
}

function form(it, value) {
  const control = controlOf(it);
  const wrong = h("p", { class: "wrong", id: fresh("wrong"), role: "alert" });
  const right = h("p", { class: "outcome", role: "status" });
  const wrapped = field(t("settings.value"), control, bounds(it));
  control.setAttribute("aria-describedby", `${control.getAttribute("aria-describedby") ?? ""} ${wrong.id}`.trim());
  async function save(event) {
    event.preventDefault();
    wrong.textContent = right.textContent = "";
    try {
      const answer = await put(`${PATH}/${it.id}?evse=${it.evse}&connector=${it.connector}`, { value: control.value });
      control.removeAttribute("aria-invalid");
      right.textContent = t(`answer.${answer.answer}`);
      Object.assign(it, await get(`${PATH}/${it.id}?evse=${it.evse}&connector=${it.connector}`));
      value.textContent = shown(it);
    } catch (refusal) {
      control.setAttribute("aria-invalid", "true");
      wrong.textContent = refusal.message;
    }
  }
  return h("form", { novalidate: true, submit: save }, wrapped, wrong,
    h("div", { class: "row" }, h("button", { type: "submit", class: "button main" }, t("settings.save")),
      it.default === null ? null : button(t("settings.default", { value: it.default === "" ? "–" : it.default }), () => (control.value = it.default), "quiet")), right);
}

function controlOf(it) {
  const options = it.type === "boolean" ? ["true", "false"] : it.type === "OptionList" ? it.choices : [];
  if (options.length) return h("select", {}, options.map((one) => h("option", { value: one, selected: one === it.value }, one)));
  if (it.secret) return h("input", { type: "password", autocomplete: "new-password" });
  const numeric = it.type === "integer" || it.type === "decimal";
  return h("input", { type: "text", value: it.value, inputmode: numeric ? "decimal" : null, autocomplete: "off", spellcheck: "false" });
}

function bounds(it) {
  const unit = it.unit ? ` ${it.unit}` : "";
  const span = { low: it.low ?? "", high: it.high ?? "", unit };
  const parts = [
    it.type === "integer" || it.type === "decimal" ? bounded(it, span) : null,
    it.type === "string" && it.high !== null ? t("settings.longest", span) : null,
    it.choices.length && it.type !== "OptionList" ? t("settings.members", { choices: it.choices.join(", ") }) : null,
    it.restart ? t("settings.restart") : null,
  ];
  return parts.filter(Boolean).join(" ") || null;
}

function bounded(it, span) {
  if (it.low === null) return it.high === null ? null : t("settings.most", span);
  return t(it.high === null ? "settings.least" : "settings.span", span);
}
