// The station as it is, and what may be done at it.

import { get, post, put, remove } from "/page/api.js";
import { bench } from "/page/bench.js";
import { chart } from "/page/chart.js";
import { button, choice, outcome, slider } from "/page/controls.js";
import { Bound, h, refill } from "/page/dom.js";
import { drawing } from "/page/drawing.js";
import { ampere, duration, instant, kilowatt, kilowatthour } from "/page/format.js";
import { t, word } from "/page/texts.js";

const OWN = "other";
const WHO = "the page";
const HIGHEST_A = 32;
const LEAST_A = 6;

/** Returns the view of a station that is followed. */
export function stationView(live) {
  const node = h("div", { class: "view" }, h("p", {}, t("app.waiting")));
  const bound = new Bound();
  function build(state) {
    const { station } = state;
    const scene = drawing(station.evses.length);
    bound.each((now) => scene.show(now));
    const sockets = station.evses.map((_, n) => socket(live, bound, n));
    const world = state.bench ? bench(live, bound, state) : [];
    node.replaceChildren(
      h("div", { class: "stage" }, h("section", { class: "card scenery" }, scene.node), summary(live, bound)),
      h("div", { class: "columns" }, sockets),
      ...world,
    );
  }
  function update(state) {
    if (!state) return;
    if (!bound.parts.length) build(state);
    bound.update(state);
  }
  return { node, update };
}

function summary(live, bound) {
  const told = outcome();
  const act = acting(live, told);
  const row = (label, value) => h("div", {}, h("dt", {}, label), h("dd", {}, value));
  const inside = row(t("station.inside"), bound.text(({ station }) => station.celsius === null ? "" : `${station.celsius.toFixed(0)} °C`));
  const grid = row(t("station.grid"), bound.text(({ station }) => station.grid?.currents_a.map(ampere).join("  ")));
  bound.shown(inside, ({ station }) => station.celsius !== null);
  bound.shown(grid, ({ station }) => station.grid !== null);
  const note = h("p", { class: "note" }, bound.text(notes));
  bound.shown(note, (state) => Boolean(notes(state)));
  return h("section", { class: "card summary" },
    h("h1", {}, bound.text(({ station }) => `${station.vendor} ${station.model}`)),
    h("p", { class: "muted" }, bound.text(({ station }) => station.serial)),
    h("p", { class: "figure-big" }, bound.text(({ station }) => kilowatt(total(station)))),
    h("p", { class: "muted" }, t("station.power")),
    h("dl", { class: "facts" }, row(t("station.csms"), bound.text(({ station }) => office(station))), grid, inside,
      row(t("station.firmware"), bound.text(({ station }) => station.firmware))),
    note, together(bound, act), told.node);
}

/** Returns what limits all sockets together, and why. */
function together(bound, act) {
  let whole = null;
  const said = h("span");
  const more = h("div", { class: "why-more" });
  const details = h("details", { class: "why" }, h("summary", {}, h("span", { class: "tag" }, t("socket.why")), " ", said), more);
  const knob = limiter(bound, t("station.limit"), () => most(whole?.claims ?? []), 0, act);
  bound.each(async () => {
    whole = await get("/v1/why/0").catch(() => whole);
    if (!whole) return;
    said.textContent = whole.current;
    refill(more, whole, () => reasons(whole));
  });
  return h("div", { class: "together" }, knob, details);
}

/** Returns the most that the hardware itself could allow, of those who limit the current. */
const most = (claims) => Math.max(LEAST_A, ...claims.filter((it) => !it.external).map((it) => it.limit_a));

function acting(live, told) {
  return async (deed) => {
    await told.tried(deed);
    live.refresh();
  };
}

const total = (station) => station.evses.reduce((sum, evse) => sum + (evse.measurement?.power_w ?? 0), 0);

function office({ connection }) {
  if (!connection.csms) return t("station.csms.none");
  return t(connection.online ? "station.csms.online" : "station.csms.offline");
}

function notes({ station }) {
  if (station.restarting) return t("station.restarting");
  return station.pending_settings.length ? t("station.pending") : "";
}

function socket(live, bound, n) {
  const evse = ({ station }) => station.evses[n];
  const outlet = (state) => evse(state).connectors[0];
  const power = chart(t("socket.chart", { n: n + 1 }));
  bound.each(() => power.show(live.samples.get(n + 1) ?? []));
  return h("section", { class: "card socket", "aria-label": t("socket.number", { n: n + 1 }) },
    h("header", { class: "head" },
      h("h2", {}, t("socket.number", { n: n + 1 })),
      h("span", { class: "muted" }, bound.text((state) => evse(state).name))),
    h("p", { class: "state", "aria-live": "polite" }, bound.text((state) => word("status", outlet(state).status))),
    h("p", { class: "muted" }, bound.text((state) => outlet(state).why)),
    figures(bound, evse), phases(bound, evse), power.node, explained(bound, evse, n + 1), controls(live, bound, evse, n + 1));
}

function figures(bound, evse) {
  const figure = (label, say) => h("div", {}, h("dt", {}, label), h("dd", {}, bound.text(say)));
  const open = (state) => evse(state).transaction;
  const since = (state) => (open(state) ? duration(state.station.at - open(state).started_at) : "–");
  return h("dl", { class: "figures" },
    figure(t("socket.power"), (state) => kilowatt(evse(state).measurement?.power_w ?? 0)),
    figure(t("socket.energy"), (state) => (open(state) ? kilowatthour(open(state).energy_wh) : "–")),
    figure(t("socket.time"), since));
}

function phases(bound, evse) {
  const lines = [0, 1, 2].map((line) => {
    const bar = h("span", { class: `bar bar-L${line + 1}` });
    const mark = h("span", { class: "mark" });
    const current = (state) => evse(state).measurement?.currents_a[line] ?? 0;
    bound.each((state) => {
      const most = rated(evse(state));
      bar.style.inlineSize = `${Math.min(100, (current(state) / most) * 100)}%`;
      mark.style.insetInlineStart = `${Math.min(100, (evse(state).current.offered_a / most) * 100)}%`;
      mark.hidden = !evse(state).current.offered_a;
    });
    return h("li", {}, h("span", { class: "line" }, `L${line + 1}`), h("span", { class: "track", "aria-hidden": "true" }, bar, mark),
      h("span", { class: "value" }, bound.text((state) => ampere(current(state)))));
  });
  return h("ul", { class: "phases" }, lines);
}

const rated = (evse) => most(evse.current.claims);

function explained(bound, evse, n) {
  const more = h("div", { class: "why-more" });
  const details = h("details", { class: "why" },
    h("summary", {}, h("span", { class: "tag" }, t("socket.why")), " ", bound.text((state) => evse(state).current.why)), more);
  const look = async () => {
    if (!details.open) return;
    const why = await get(`/v1/why/${n}`).catch(() => null);
    if (why) refill(more, why, () => reasons(why));
  };
  details.addEventListener("toggle", look);
  bound.each(look);
  return details;
}

function reasons(why) {
  const lowest = Math.min(...why.claims.map((it) => it.limit_a));
  const claims = why.claims.map((it) => h("tr", { class: it.limit_a === lowest ? "lowest" : null }, h("td", {}, it.by), h("td", {}, ampere(it.limit_a))));
  const rows = [["energy", why.energy], ["lines", why.lines], ["lock", why.lock], ["faults", why.faults.join("; ")]];
  const told = rows.filter(([, said]) => said).map(([key, said]) => h("div", {}, h("dt", {}, t(`why.${key}`)), h("dd", {}, said)));
  const turned = why.refusals.map((it) => h("li", {}, `${instant(it.at)}: ${it.why}`));
  return [
    h("dl", { class: "facts" }, told),
    h("table", {}, h("caption", {}, t("why.claims")),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("why.by")), h("th", { scope: "col" }, t("why.limit")))), h("tbody", {}, claims)),
    ...(turned.length ? [h("h3", {}, t("why.refusals")), h("ul", {}, turned)] : []),
  ];
}

function controls(live, bound, evse, n) {
  const told = outcome();
  const act = acting(live, told);
  const press = (name, kind) => button(t(`socket.${name}`), () => act(() => post(`/v1/evses/${n}/${name}`)), kind);
  const lines = choice(t("socket.phases"), [1, 3].map((count) => [count, t(`socket.phases.${count}`)]),
    (count) => act(() => put(`/v1/evses/${n}/phases`, { phases: count, source: WHO })));
  bound.each((state) => lines.follow(evse(state).lines.wanted));
  return h("div", { class: "controls", role: "group", "aria-label": t("socket.controls", { n }) },
    limiter(bound, t("socket.limit"), (state) => rated(evse(state)), n, act), lines.node,
    h("div", { class: "row" }, press("start", "main"), press("stop"), press("unlock")), told.node);
}

function limiter(bound, label, highest, n, act) {
  const path = `/v1/limits/external/${OWN}?evse=${n}`;
  let [set, top] = [null, HIGHEST_A];
  const shown = (a) => (set === null && a === top ? t("socket.limit.none") : ampere(a));
  const moved = slider(label, { low: 0, high: top, shown, set: (a) => act(() => put(path, { limit: a })) });
  const release = button(t("socket.limit.release"), () => act(() => remove(path)), "quiet");
  bound.each((state) => {
    [set, top] = [limit(state.station, n), highest(state)];
    moved.control.max = top;
    moved.follow(set ?? top);
    release.disabled = set === null;
  });
  return h("div", { class: "limiter" }, moved.node, release);
}

/** Returns the limit that was set here at an EVSE, or for the station as 0; null without one. */
function limit(station, n) {
  const found = station.profiles.find((it) => it.evse === n && it.source.toLowerCase() === OWN && !it.by);
  return found?.schedules[0].periods[0].limit ?? null;
}
