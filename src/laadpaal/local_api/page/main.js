// Puts the page together: its frame, its views, and which of them is seen.

import { doors, get } from "/page/api.js";
import { h } from "/page/dom.js";
import { Live } from "/page/live.js";
import { logView } from "/page/log.js";
import { loginView, whoami } from "/page/login.js";
import { messagesView } from "/page/messages.js";
import { sessionsView } from "/page/sessions.js";
import { settingsView } from "/page/settings.js";
import { stationView } from "/page/station.js";
import { systemView } from "/page/system.js";
import { language, languages, speak, t } from "/page/texts.js";

const VIEWS = [
  ["station", "/v1/station", stationView],
  ["sessions", "/v1/sessions", sessionsView],
  ["messages", "/v1/messages", messagesView],
  ["log", "/v1/log", logView],
  ["settings", "/v1/properties", settingsView],
  ["system", "/v1/station/reset", systemView],
];
const THEMES = ["auto", "light", "dark"];
const AGAIN_MS = 3000;
const THEME = "laadpaal-theme";

let live = null;

async function begin() {
  live?.stop();
  paint(localStorage.getItem(THEME) ?? THEMES[0]);
  document.documentElement.lang = language();
  const session = await whoami().catch(() => null);
  if (session === null) {
    document.body.replaceChildren(h("main", { class: "login" }, h("p", { class: "lost", role: "alert" }, t("app.silent"))));
    setTimeout(begin, AGAIN_MS);
    return;
  }
  if (!session.open && session.user === null) {
    document.title = "Laadpaal";
    document.body.replaceChildren(loginView(session, begin));
    document.querySelector("input").focus();
    return;
  }
  const { paths } = await get("/v1/openapi.json");
  live = new Live((path) => path in paths, session);
  frame(VIEWS.filter(([, path]) => live.has(path)));
  live.start();
}

function frame(views) {
  const main = h("main", { id: "content", tabindex: "-1" });
  const lost = h("p", { class: "lost", role: "alert", hidden: true }, t("app.lost"));
  const pill = h("span", { class: "pill" });
  const links = views.map(([name]) => h("a", { href: `#${name}` }, t(`view.${name}`)));
  document.body.replaceChildren(
    h("a", { class: "skip", href: "#content", click: (event) => (event.preventDefault(), main.focus()) }, t("app.skip")),
    h("header", { class: "top" },
      h("div", { class: "bar-in" },
        h("span", { class: "brand" }, h("span", { class: "logo", "aria-hidden": "true" }), "Laadpaal"),
        h("nav", { "aria-label": t("app.views") }, links),
        h("div", { class: "tools" }, pill, tongue(), theme()))),
    lost, main);
  let shown = null;
  live.tell.add((state) => {
    lost.hidden = !live.lost;
    pill.textContent = live.lost ? "" : t(live.streaming ? "app.live" : "app.polling");
    pill.classList.toggle("on", live.streaming && !live.lost);
    shown?.update?.(state);
  });
  const go = () => {
    const wanted = views.findIndex(([name]) => `#${name}` === location.hash);
    const [name, , make] = views[Math.max(0, wanted)];
    for (const link of links) link.removeAttribute("aria-current");
    const current = links.find((link) => link.hash === `#${name}`);
    current.setAttribute("aria-current", "page");
    // On a phone the names are wider than the screen.
    current.scrollIntoView({ block: "nearest", inline: "center" });
    live.leave();
    shown = make(live);
    document.title = `${t(`view.${name}`)} · Laadpaal`;
    main.replaceChildren(shown.node);
    shown.update?.(live.state);
  };
  window.onhashchange = go;
  go();
}

function tongue() {
  const options = languages().map(([code, name]) => h("option", { value: code, lang: code, selected: code === language() }, name));
  const change = async (event) => {
    speak(event.target.value);
    await begin();
    document.querySelector(".tools select")?.focus();
  };
  return h("select", { "aria-label": t("app.language"), class: "plain", change }, options);
}

function theme() {
  const said = () => t(`app.theme.${document.documentElement.dataset.theme}`);
  const next = ({ currentTarget: button }) => {
    paint(THEMES[(THEMES.indexOf(document.documentElement.dataset.theme) + 1) % THEMES.length]);
    button.setAttribute("aria-label", said());
    button.title = said();
  };
  return h("button", { type: "button", class: "icon theme", "aria-label": said(), title: said(), click: next });
}

function paint(wanted) {
  const known = THEMES.includes(wanted) ? wanted : THEMES[0];
  document.documentElement.dataset.theme = known;
  localStorage.setItem(THEME, known);
}

doors.closed = begin;
begin();
