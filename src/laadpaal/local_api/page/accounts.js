// Whom the owner lets in, who is in, and who has to wait.

import { get, put, remove } from "/page/api.js";
import { button, form, outcome } from "/page/controls.js";
import { Bound, h, refill } from "/page/dom.js";
import { instant } from "/page/format.js";
import { t } from "/page/texts.js";

const PATH = "/v1/accounts";
const LOCKOUTS = "/v1/lockouts";
const OWNER = "admin";
const GUEST = "temp";

/** Returns what the owner sees of accounts, and does with them. */
export function accounts(live) {
  const told = outcome();
  const list = h("ul", { class: "accounts" });
  const waiting = h("ul", { class: "troubles" });
  const bound = new Bound();
  async function look() {
    const seen = await get(PATH).catch((refusal) => told.say(refusal.message, true));
    if (!seen) return;
    if (!bound.parts.length) list.replaceChildren(...seen.accounts.map(({ user }, n) => account(bound, user, n, act, look)));
    bound.update(seen);
    refill(waiting, seen.lockouts, () => seen.lockouts.map((it) => h("li", {}, lockout(it, act))));
  }
  async function act(deed) {
    await told.tried(deed);
    look();
  }
  live.heard.add((name) => name === "SecurityEvent" && look());
  look();
  return [h("p", { class: "muted" }, t("accounts.lead")), list, waiting, told.node];
}

function account(bound, user, n, act, look) {
  const own = encodeURIComponent(user);
  const at = (seen) => seen.accounts[n];
  const press = (name, path, when) =>
    bound.shown(button(t(`accounts.${name}`), () => act(() => remove(`${PATH}/${own}${path}`))), (seen) => when(at(seen)));
  const deeds = h("div", { class: "row" },
    press("leave", "/sessions", (it) => it.sessions > 0),
    press("pardon", "/lockout", (it) => it.wait_s > 0),
    press("take", "", (it) => it.active && user !== OWNER));
  const title = h("summary", { class: "property" }, h("strong", {}, t(`accounts.${user}`)),
    h("span", { class: "now" }, bound.text((seen) => stands(at(seen)))), h("span", { class: "names" }, user));
  return h("li", {}, h("details", {}, title, deeds, user === OWNER ? h("p", { class: "muted" }, t("accounts.own")) : giving(user, own, look)));
}

function giving(user, own, look) {
  const password = h("input", { type: "password", autocomplete: "new-password" });
  const hours = h("input", { type: "number", min: 1, value: 24 });
  const parts = [["password", password, t("login.new")], ...(user === GUEST ? [["hours", hours, t("accounts.hours")]] : [])];
  const wish = () => ({ password: password.value, ...(user === GUEST ? { hours: hours.valueAsNumber } : {}) });
  return form(parts, t("accounts.give"), () => put(`${PATH}/${own}`, wish()).then(look));
}

function stands(it) {
  const until = it.expires_at === null ? t("accounts.active") : t("accounts.until", { until: instant(it.expires_at) });
  return [
    it.active ? until : t("accounts.none"),
    it.sessions ? t("accounts.sessions", { count: it.sessions }) : "",
    it.wait_s ? t("accounts.waits", { wait: it.wait_s }) : "",
  ].filter(Boolean).join(", ");
}

function lockout(it, act) {
  const forget = () => act(() => remove(`${LOCKOUTS}/${encodeURIComponent(it.address)}`));
  return [t("accounts.lockout", { address: it.address, wait: it.wait_s }), " ", button(t("accounts.pardon"), forget)];
}
