// The world around a simulated station: vehicles, cards, house, sun and bad luck.

import { get, post, put } from "/page/api.js";
import { button, choice, field, outcome, slider } from "/page/controls.js";
import { h, refill } from "/page/dom.js";
import { ampere, percent } from "/page/format.js";
import { t } from "/page/texts.js";

const CARD = "04A1B2C3D4E580";
const STATION = 0;
const SPEED = "/v1/bench/speed";
const SPEEDS = [1, 10, 60, 600];

/** Returns the parts of the view that move the simulated world. */
export function bench(live, bound, state) {
  const vehicles = state.bench.evses.map((_, n) => vehicle(live, bound, n));
  const troubled = live.has("/v1/bench/faults") ? [troubles(live, bound, state)] : [];
  return [
    h("header", { class: "chapter" }, h("h2", {}, t("bench.title")), h("p", { class: "muted" }, t("bench.lead")),
      live.has(SPEED) ? speed(live) : null),
    h("div", { class: "columns" }, vehicles),
    h("div", { class: "columns" }, house(live, bound), troubled),
  ];
}

/** Returns how quickly time passes, and what makes it pass quicker, unless that is fixed. */
function speed(live) {
  const told = outcome();
  const fixed = h("p", { class: "muted" });
  const pace = choice(t("bench.speed"), SPEEDS.map((times) => [times, t("bench.times", { times })]), async (times) => {
    await told.tried(() => put(SPEED, { speed: times }));
    look();
  });
  async function look() {
    const seen = await get(SPEED).catch((refusal) => told.say(refusal.message, true));
    if (!seen) return;
    pace.follow(seen.speed);
    pace.node.hidden = seen.fixed !== "";
    fixed.textContent = seen.fixed;
    live.refresh();
  }
  look();
  return h("div", { class: "speed" }, pace.node, fixed, told.node);
}

function deeds(live) {
  const told = outcome();
  const act = async (path, body) => {
    const answer = await told.tried(() => post(path, body), t("answer.accepted"));
    live.refresh();
    return answer;
  };
  return { told: told.node, act };
}

function vehicle(live, bound, n) {
  const { told, act } = deeds(live);
  const number = n + 1;
  const at = (state) => state.bench.evses[n];
  const path = `/v1/bench/evses/${number}`;
  const change = (traits) => act(`${path}/vehicle`, traits);
  const plug = button(t("bench.plug"), () => act(`${path}/plug`, {}), "main");
  const off = button(t("bench.unplug.vehicle"), () => act(`${path}/unplug`, { vehicle_side: true }));
  const out = button(t("bench.unplug.station"), () => act(`${path}/unplug`, {}));
  const max = slider(t("bench.max"), { low: 6, high: 32, shown: ampere, set: (a) => change({ max_a: a }) });
  const soc = slider(t("bench.soc"), { low: 0, high: 100, shown: (it) => percent(it / 100), set: (it) => change({ soc: it / 100 }) });
  const lines = choice(t("bench.phases"), [1, 3].map((count) => [count, t(`socket.phases.${count}`)]), (count) => change({ phases: count }));
  bound.each((state) => {
    const { vehicle: it } = at(state);
    max.follow(it.max_a);
    soc.follow(Math.round(it.soc * 100));
    lines.follow(it.phases);
  });
  return h("section", { class: "card", "aria-label": t("bench.vehicle", { n: number }) },
    h("h3", {}, t("bench.vehicle", { n: number })),
    h("div", { class: "row" }, plug, off, out),
    card(act), max.node, soc.node, lines.node, told);
}

function card(act) {
  const uid = h("input", { type: "text", value: CARD, spellcheck: "false", autocomplete: "off", class: "code" });
  const swipe = button(t("bench.swipe"), () => act("/v1/bench/cards", { uid: uid.value.trim(), reader: STATION }));
  return h("div", { class: "joined" }, field(t("bench.card"), uid), swipe);
}

function house(live, bound) {
  const { told, act } = deeds(live);
  const change = (traits) => act("/v1/bench/house", traits);
  const of = (state) => state.bench.house;
  const knobs = [
    ["base_a", slider(t("bench.base"), { low: 0, high: 40, shown: ampere, set: (a) => change({ base_a: a }) })],
    ["sun_a", slider(t("bench.sun"), { low: 0, high: 40, shown: ampere, set: (a) => change({ sun_a: a }) })],
    ["appliances", slider(t("bench.appliances"), { low: 0, high: 20, shown: String, set: (count) => change({ appliances: count }) })],
    ["fuse_a", slider(t("bench.fuse"), { low: 6, high: 80, shown: ampere, set: (a) => change({ fuse_a: a }) })],
  ];
  bound.each((state) => knobs.forEach(([trait, knob]) => knob.follow(of(state)[trait])));
  const flows = bound.text((state) => of(state).flows_a.map((a, line) => `L${line + 1} ${ampere(a)}`).join("   "));
  const over = h("p", { class: "note" }, bound.text((state) => t("bench.over", { lines: of(state).over_fuse.join(", ") })));
  bound.shown(over, (state) => of(state).over_fuse.length > 0);
  return h("section", { class: "card", "aria-label": t("bench.house") }, h("h3", {}, t("bench.house")), knobs.map(([, knob]) => knob.node),
    h("dl", { class: "facts" }, h("div", {}, h("dt", {}, t("bench.flows")), h("dd", {}, flows))), over, told);
}

function troubles(live, bound, state) {
  const { told, act } = deeds(live);
  const name = h("select");
  const where = h("select");
  const wanted = h("div", { class: "parameters" });
  const says = h("p", { class: "muted" });
  const on = h("ul", { class: "troubles" });
  let possible = [];
  const chosen = () => possible.find((it) => it.name === name.value);
  const turn = async (body) => {
    await act("/v1/bench/faults", body);
    look();
  };
  const begin = () => turn({ trouble: name.value, evse: Number(where.value), parameters: given(wanted, chosen()) });
  const end = (it) => turn({ trouble: it.trouble, evse: it.evse, on: false });
  function choose() {
    const it = chosen();
    says.textContent = `${sentence(it.does)} ${t("bench.ends", { ends: it.ends })}`;
    where.replaceChildren(...places(it.place, state.station.evses.length));
    wanted.replaceChildren(...it.parameters.map(parameter));
  }
  async function look() {
    const seen = await get("/v1/bench/faults").catch(() => null);
    if (!seen) return;
    if (!possible.length) {
      possible = seen.possible;
      name.replaceChildren(...possible.map((it) => h("option", { value: it.name }, it.name.replaceAll("-", " "))));
      choose();
    }
    refill(on, seen.on, () => seen.on.length ? seen.on.map((it) => ongoing(it, end)) : [h("li", { class: "muted" }, t("bench.fine"))]);
  }
  name.addEventListener("change", choose);
  live.heard.add(look);
  look();
  return h("section", { class: "card", "aria-label": t("bench.faults") }, h("h3", {}, t("bench.faults")),
    field(t("bench.trouble"), name), says, field(t("bench.where"), where), wanted,
    h("div", { class: "row" }, button(t("bench.begin"), begin)), told, h("h4", {}, t("bench.on")), on);
}

function ongoing(it, end) {
  const name = `${it.trouble.replaceAll("-", " ")}${it.evse ? `, ${t("socket.number", { n: it.evse })}` : ""}`;
  return h("li", {}, button(t("bench.end", { name }), () => end(it)));
}

function places(place, count) {
  const option = (n, text) => h("option", { value: n }, text);
  if (place === "station") return [option(STATION, t("bench.station"))];
  const sockets = Array.from({ length: count }, (_, n) => option(n + 1, t("socket.number", { n: n + 1 })));
  return place === "reader" ? [option(STATION, t("bench.reader.0")), ...sockets] : sockets;
}

function parameter(it) {
  const control = it.words.length
    ? h("select", {}, it.words.map((word) => h("option", { selected: word === it.default }, word)))
    : h("input", { type: "number", value: it.default, min: it.lowest, max: it.highest, step: "any" });
  return field(`${it.name}: ${it.says}`, control);
}

function given(wanted, { parameters }) {
  const controls = [...wanted.querySelectorAll("input, select")];
  const read = (control) => (control.type === "number" ? control.valueAsNumber : control.value);
  return Object.fromEntries(parameters.map((it, n) => [it.name, read(controls[n])]));
}

const sentence = (text) => `${text[0].toUpperCase()}${text.slice(1)}.`;
