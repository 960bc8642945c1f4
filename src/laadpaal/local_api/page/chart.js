// Power over time: the lines stacked on each other, the limit above, and below who set it; readable as a table too.

import { h, refill, s } from "/page/dom.js";
import { clock, kilowatt, kilowatts } from "/page/format.js";
import { t } from "/page/texts.js";

const HEIGHT = 200;
const LEFT = 44;
const BOTTOM = 42;
const BAND = { top: 164, height: 15 };
const LETTER = 6.2;
const TOP = 10;
const ROWS = 60;

const LINES = ["L1", "L2", "L3"];

/** Returns a chart; `show(samples)` draws `[{at, lines_w, limit_w, because}]`, oldest first. */
export function chart(label, lines = LINES) {
  const drawing = s("svg", { class: "chart", role: "img" });
  const body = h("tbody");
  const heads = ["time", ...lines, "limit", "because"].map((key) => h("th", { scope: "col" }, t(`chart.${key}`)));
  const table = h("table", {}, h("caption", {}, label), h("thead", {}, h("tr", {}, heads)), body);
  const scroll = h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label }, table);
  const details = h("details", { class: "as-table" }, h("summary", {}, t("chart.table")), scroll);
  const node = h("figure", { class: "figure" }, drawing, legend(lines), details);
  let last = [];
  const fill = () => details.open && refill(body, last.length && last.at(-1).at, () => rows(last));
  details.addEventListener("toggle", fill);
  function draw() {
    const width = drawing.getBoundingClientRect().width || 600;
    drawing.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    drawing.replaceChildren(...(last.length > 1 ? drawn(last, width) : [empty(width)]));
  }
  function show(samples) {
    last = samples;
    drawing.setAttribute("aria-label", `${label}: ${told(samples, lines)}`);
    draw();
    fill();
  }
  new ResizeObserver(draw).observe(drawing);
  show([]);
  return { node, show };
}

function told(samples, lines) {
  if (!samples.length) return t("chart.empty");
  const now = samples.at(-1);
  const limit = now.limit_w === null ? "" : t("chart.limited", { power: kilowatt(now.limit_w), who: now.because || "–" });
  return [...now.lines_w.map((w, n) => `${t(`chart.${lines[n]}`)} ${kilowatt(w)}`), limit].filter(Boolean).join(", ");
}

function legend(lines) {
  const items = [...lines, ...(lines.length > 1 ? ["limit"] : [])].map((key) => h("li", { class: `key key-${key}` }, t(`chart.${key}`)));
  return h("ul", { class: "legend", "aria-hidden": "true" }, items);
}

function empty(width) {
  return s("text", { x: width / 2, y: HEIGHT / 2, class: "axis", "text-anchor": "middle" }, t("chart.empty"));
}

function drawn(samples, width) {
  const [first, last] = [samples[0].at, samples.at(-1).at];
  const most = Math.max(1400, ...samples.map((it) => Math.max(sum(it.lines_w), it.limit_w ?? 0)));
  const top = step(most) * Math.ceil((most * 1.05) / step(most));
  const x = (at) => LEFT + ((at - first) / (last - first || 1)) * (width - LEFT - 4);
  const y = (w) => HEIGHT - BOTTOM - (w / top) * (HEIGHT - BOTTOM - TOP);
  const stacked = [...samples[0].lines_w.keys()].reverse();
  const areas = stacked.map((line) => s("path", { class: `area area-L${line + 1}`, d: area(samples, line, x, y) }));
  return [...grid(top, y, width), ...areas, s("path", { class: "limit", d: limit(samples, x, y) }), ...band(samples, x), ...times(first, last, width)];
}

/** Returns who decided, from when until when; a name stands where there is room for it. */
function band(samples, x) {
  return reigns(samples).flatMap(({ because, from, to }) => {
    const [start, width] = [x(from), Math.max(1, x(to) - x(from))];
    const title = s("title", {}, `${because}, ${clock(from)}–${clock(to)}`);
    const box = s("rect", { class: "reign", x: fixed(start), y: BAND.top, width: fixed(width), height: BAND.height, rx: 3 }, title);
    const fits = because.length * LETTER + 8 < width;
    return fits ? [box, s("text", { class: "axis", x: fixed(start + 4), y: BAND.top + 11 }, because)] : [box];
  });
}

function reigns(samples) {
  const found = [];
  samples.forEach((it, n) => {
    if (it.limit_w === null || !it.because) return;
    const until = samples[n + 1]?.at ?? it.at;
    const last = found.at(-1);
    if (last?.because === it.because && last.to === it.at) last.to = until;
    else found.push({ because: it.because, from: it.at, to: until });
  });
  return found;
}

/** Returns the area of a line together with those below it. */
function area(samples, line, x, y) {
  const upper = samples.map((it) => `${fixed(x(it.at))} ${fixed(y(sum(it.lines_w.slice(0, line + 1))))}`);
  return `M${fixed(x(samples[0].at))} ${y(0)}L${upper.join("L")}L${fixed(x(samples.at(-1).at))} ${y(0)}Z`;
}

function limit(samples, x, y) {
  let pen = "M";
  return samples
    .map((it) => {
      if (it.limit_w === null) {
        pen = "M";
        return "";
      }
      const part = `${pen}${fixed(x(it.at))} ${fixed(y(it.limit_w))}`;
      pen = "L";
      return part;
    })
    .join("");
}

function grid(top, y, width) {
  const lines = [];
  for (let w = 0; w <= top; w += step(top)) {
    lines.push(s("path", { class: "grid", d: `M${LEFT} ${fixed(y(w))}H${width - 4}` }));
    lines.push(s("text", { class: "axis", x: LEFT - 6, y: fixed(y(w) + 4), "text-anchor": "end" }, kilowatts(w)));
  }
  return lines;
}

function times(first, last, width) {
  const at = { class: "axis", y: HEIGHT - 4 };
  return [
    s("text", { ...at, x: LEFT }, clock(first)),
    s("text", { ...at, x: width - 4, "text-anchor": "end" }, clock(last)),
  ];
}

function rows(samples) {
  const every = Math.max(1, Math.ceil(samples.length / ROWS));
  return samples
    .filter((_, n) => (samples.length - 1 - n) % every === 0)
    .reverse()
    .map((it) => h("tr", {}, [clock(it.at), ...it.lines_w.map(kilowatt), ...(it.limit_w === null ? ["", ""] : [kilowatt(it.limit_w), it.because ?? ""])].map((cell) => h("td", {}, cell))));
}

const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);
const fixed = (number) => number.toFixed(1);
const step = (top) => [500, 1000, 2000, 4000, 5000, 10000, 20000].find((w) => top / w <= 4.5) ?? 50000;
