// The station drawn as it stands there: display, sockets, lights, locks, cables and vehicles.

import { s } from "/page/dom.js";
import { percent } from "/page/format.js";
import { t, word } from "/page/texts.js";

const WIDTH = 760;
const POST = { left: 240, width: 280, top: 24 };
const SCREEN = { left: 260, top: 48, width: 240, height: 144 };
const ROW = 130;
const CAR = { width: 212, height: 92 };
const PINS = [[-7, -10], [7, -10], [-13, 1], [0, 1], [13, 1], [-7, 12], [7, 12]];
const BODY = "M6 66V56c0-9 6-13 16-16l26-7C64 14 80 6 104 6h22c22 0 38 9 56 27l18 5c8 3 8 9 8 16v12c0 5-3 8-8 8H14c-5 0-8-3-8-8Z";
const PANES = "M60 33c9-11 20-17 38-17h6v20H58Zm52-17h12c15 0 27 6 40 20l-52 0Z";
const CALM_S = 0.4;
const BOLT = "M4-13-7 3H0l-3 10L8-4H1Z";

/** Returns the drawing of a station with so many sockets; `show(state)` lets it follow. */
export function drawing(count) {
  const rows = Math.ceil(count / 2);
  const ground = 236 + rows * ROW + 70;
  const picture = s("image", { ...box(SCREEN), preserveAspectRatio: "xMidYMid meet" });
  const sockets = Array.from({ length: count }, (_, n) => socket(place(n, count, ground)));
  const node = s("svg", { class: "scene", viewBox: `0 0 ${WIDTH} ${ground + 16}`, role: "img" });
  node.append(
    s("path", { class: "ground", d: `M0 ${ground}H${WIDTH}` }),
    ...sockets.map((it) => it.car),
    s("rect", { class: "foot", x: POST.left - 14, y: ground - 12, width: POST.width + 28, height: 12, rx: 4 }),
    s("rect", { class: "post", x: POST.left, y: POST.top, width: POST.width, height: ground - POST.top - 10, rx: 28 }),
    s("rect", { class: "bezel", x: SCREEN.left - 6, y: SCREEN.top - 6, width: SCREEN.width + 12, height: SCREEN.height + 12, rx: 10 }),
    picture,
    ...sockets.flatMap((it) => [it.face, it.cable]),
  );
  let shown = "";
  function show({ station, bench }) {
    node.setAttribute("aria-label", station.evses.map(told).join(" "));
    station.evses.forEach((evse, n) => sockets[n].show(evse, bench?.evses[n]));
    // The picture is asked for again only when something on it can be another.
    const faces = JSON.stringify([station.evses.map((it) => it.display), Math.floor(station.at / 60)]);
    if (faces !== shown) picture.setAttribute("href", `/v1/display.png?at=${station.at}`);
    shown = faces;
  }
  return { node, show };
}

/** Returns what the drawing shows of a socket, for those who cannot see it. */
export function told(evse) {
  const [outlet] = evse.connectors;
  const parts = [
    word("status", outlet.status),
    word("connection", outlet.connection),
    t(outlet.locked ? "socket.locked" : "socket.unlocked"),
    t("socket.light", { light: word("light", evse.light.name) }),
    t("socket.display", { shows: word("screen", evse.display.name) }),
  ];
  return `${t("socket.number", { n: evse.evse })}: ${parts.join(", ")}.`;
}

function place(n, count, ground) {
  const row = Math.floor(n / 2);
  const alone = count === 1;
  const left = n % 2 === 0 && !alone;
  const middle = POST.left + POST.width / 2;
  return {
    x: alone ? middle : middle + (left ? -66 : 66),
    y: 278 + row * ROW,
    left,
    car: { x: left ? 10 : WIDTH - CAR.width - 10, y: ground - CAR.height - (Math.ceil(count / 2) - 1 - row) * ROW },
  };
}

function socket(at) {
  const ring = s("circle", { class: "ring", r: 46 });
  const plug = s("g", { class: "plug" }, s("circle", { r: 33 }), s("path", { class: "bolt", d: BOLT }));
  const lock = s("g", { class: "lock", transform: "translate(0 -61)" },
    s("rect", { x: -8, y: -4, width: 16, height: 12, rx: 3 }), s("path", { d: "M-5-4v-4a5 5 0 0 1 10 0v4" }));
  const pins = PINS.map(([x, y], n) => s("circle", { class: "pin", cx: x, cy: y, r: n < 2 ? 3 : 4.5 }));
  const face = s("g", { transform: `translate(${at.x} ${at.y})` }, ring, s("circle", { class: "cup", r: 38 }), pins, plug, lock);
  const way = cableWay(at);
  const flow = s("path", { class: "flow", d: way });
  const cable = s("g", {}, s("path", { class: "cable", d: way }), flow);
  const vehicle = car(at);
  function show(evse, world) {
    const [outlet] = evse.connectors;
    shine(ring, evse.light.glow);
    visible(plug, outlet.plugged);
    visible(cable, outlet.connection === "EV" || Boolean(world?.connected));
    visible(flow, (evse.measurement?.power_w ?? 0) > 50);
    visible(lock, outlet.plugged || outlet.locked);
    lock.setAttribute("class", outlet.locked ? "lock closed" : "lock open");
    vehicle.show(outlet.connection === "EV", world);
  }
  return { face, cable, car: vehicle.node, show };
}

function cableWay(at) {
  const end = { x: at.left ? at.car.x + CAR.width - 14 : at.car.x + 14, y: at.car.y + 52 };
  const out = at.left ? -1 : 1;
  return `M${at.x} ${at.y + 26}C${at.x} ${at.y + 110} ${end.x - out * 50} ${end.y + 30} ${end.x} ${end.y}`;
}

function car(at) {
  const level = s("rect", { class: "charge", x: 62, y: 46, height: 12, rx: 3 });
  const state = s("text", { class: "soc", x: 106, y: 56, "text-anchor": "middle" });
  const battery = s("g", {}, s("rect", { class: "battery", x: 62, y: 46, width: 88, height: 12, rx: 3 }), level);
  const flip = at.left ? "" : `translate(${CAR.width} 0) scale(-1 1)`;
  const body = s("g", { transform: flip },
    s("path", { class: "body", d: BODY }), s("path", { class: "pane", d: PANES }),
    s("circle", { class: "wheel", cx: 48, cy: 74, r: 17 }), s("circle", { class: "hub", cx: 48, cy: 74, r: 7 }),
    s("circle", { class: "wheel", cx: 164, cy: 74, r: 17 }), s("circle", { class: "hub", cx: 164, cy: 74, r: 7 }));
  const node = s("g", { class: "car", transform: `translate(${at.car.x} ${at.car.y})` }, body, battery, state);
  function show(here, world) {
    visible(node, here || Boolean(world?.parked));
    visible(battery, Boolean(world));
    if (!world) return;
    level.setAttribute("width", 88 * world.vehicle.soc);
    state.textContent = percent(world.vehicle.soc);
  }
  return { node, show };
}

function shine(ring, glow) {
  const [first, second] = [glow.first, glow.second].map(colour);
  // On a screen nothing flashes more than three times a second, whatever the lamp does.
  const lasts = Math.max(glow.first_s + glow.second_s, glow.second_s ? CALM_S : 0);
  const key = [first, second, lasts].join();
  if (ring.dataset.key === key) return;
  ring.dataset.key = key;
  ring.getAnimations().forEach((it) => it.cancel());
  ring.style.stroke = first;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (!glow.second_s || calm) return;
  const turn = glow.first_s / (glow.first_s + glow.second_s);
  const frames = [[first, 0], [first, turn], [second, turn], [second, 1]];
  ring.animate(frames.map(([stroke, offset]) => ({ stroke, offset })), { duration: lasts * 1000, iterations: Infinity });
}

const colour = (rgb) => (Math.max(...rgb) ? `rgb(${rgb.join(" ")})` : "var(--unlit)");
const visible = (element, is) => element.setAttribute("display", is ? "inline" : "none");
const box = ({ left, top, width, height }) => ({ x: left, y: top, width, height });
