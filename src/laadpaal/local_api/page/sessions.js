// The sessions that were and are: a list, the chart of each, and files to take along.

import { get } from "/page/api.js";
import { chart } from "/page/chart.js";
import { button, reading } from "/page/controls.js";
import { h } from "/page/dom.js";
import { duration, instant, kilowatthour } from "/page/format.js";
import { t } from "/page/texts.js";

const PATH = "/v1/sessions";
// Over less than that a register tells more of its meter than of the power.
const LEAST_S = 10;
const COLUMNS = ["begun", "socket", "energy", "time", "card", "end"];

/** Returns the view of all sessions. */
export function sessionsView(live) {
  const body = h("tbody");
  const told = reading();
  const story = h("div", { class: "story" });
  const older = button(t("more.older"), () => more(), "");
  const none = h("p", { class: "muted", hidden: true }, t("sessions.none"));
  let before = null;
  const heads = COLUMNS.map((key) => h("th", { scope: "col" }, t(`sessions.${key}`)));
  const table = h("table", {}, h("caption", {}, t("sessions.newest")),
    h("thead", {}, h("tr", {}, heads, h("th", { scope: "col" }, h("span", { class: "unseen" }, t("sessions.show"))))), body);

  async function more() {
    const page = await told.tried(() => get(before === null ? PATH : `${PATH}?before=${before}`));
    if (!page) return;
    body.append(...page.sessions.map((it) => row(it, show)));
    before = page.before;
    older.hidden = before === null;
    none.hidden = body.children.length > 0;
  }
  async function again() {
    before = null;
    body.replaceChildren();
    await more();
  }
  async function show(id) {
    const seen = await told.tried(() => get(`${PATH}/${encodeURIComponent(id)}`));
    if (!seen) return;
    story.replaceChildren(...pictured(seen));
    story.querySelector("h2").focus();
  }
  live.heard.add((name) => /^Transaction(Started|Ended)$/.test(name) && again());
  more();
  const node = h("div", { class: "view" },
    h("header", { class: "title" }, h("h1", {}, t("view.sessions")),
      h("div", { class: "row" }, file(`${PATH}.csv`, t("sessions.csv")), file(`${PATH}.json`, t("sessions.json")))),
    story, h("section", { class: "card" }, scrolled(t("view.sessions"), table), none, told.node, older));
  return { node };
}

/** Returns something wide in a frame that scrolls, also by keyboard. */
export function scrolled(label, ...inner) {
  return h("div", { class: "wide", tabindex: "0", role: "region", "aria-label": label }, inner);
}

const file = (path, label) => h("a", { class: "button", href: path, download: "" }, label);

function row(it, show) {
  const lasted = it.ended_at === null ? t("sessions.running") : duration(it.ended_at - it.started_at);
  const cells = [instant(it.started_at), it.evse, kilowatthour(it.energy_wh), lasted, it.token ?? "–", it.reason ?? ""];
  const press = button(t("sessions.show"), () => show(it.id));
  press.setAttribute("aria-label", t("sessions.show.one", { begun: instant(it.started_at), n: it.evse }));
  return h("tr", {}, cells.map((cell) => h("td", {}, cell)), h("td", {}, press));
}

function pictured({ session, samples }) {
  const lines = samples.some((it) => it.currents_a && it.voltages_v) ? ["L1", "L2", "L3"] : ["all"];
  const label = t("sessions.chart", { n: session.evse, begun: instant(session.started_at) });
  const power = chart(label, lines);
  const points = lines.length > 1 ? measured(samples) : meant(samples);
  power.show(points);
  const fact = (key, value) => h("div", {}, h("dt", {}, t(`sessions.${key}`)), h("dd", {}, value));
  return [h("section", { class: "card socket", "aria-label": label },
    h("h2", { tabindex: "-1" }, label),
    h("dl", { class: "figures" }, fact("energy", kilowatthour(session.energy_wh)), fact("card", session.token ?? "–"), fact("end", session.reason ?? t("sessions.running"))),
    power.node,
    h("p", { class: "muted" }, t(lines.length > 1 ? "sessions.measured" : "sessions.meant")),
    h("div", { class: "row" }, file(`${PATH}/${encodeURIComponent(session.id)}/samples.csv`, t("sessions.samples"))))];
}

/** Returns what the meter said of each line. */
function measured(samples) {
  return samples.filter((it) => it.currents_a && it.voltages_v).map((it) => ({
    at: it.at,
    lines_w: it.currents_a.map((a, line) => a * it.voltages_v[line]),
    limit_w: offered(it),
    because: it.because,
  }));
}

/** Returns the mean power from register to register, as steps. */
function meant(samples) {
  return samples.flatMap((it, n) => {
    if (it.mean_w === null || n === 0 || it.at - samples[n - 1].at < LEAST_S) return [];
    return [samples[n - 1].at, it.at].map((at) => ({ at, lines_w: [it.mean_w], limit_w: null, because: null }));
  });
}

function offered(it) {
  const limit_a = it.offered_a ?? it.limit_a;
  return limit_a === null ? null : it.voltages_v.reduce((sum, volts) => sum + volts * limit_a, 0);
}
