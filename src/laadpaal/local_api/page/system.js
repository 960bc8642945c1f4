// What the station runs and who may move it: firmware, certificate, password, restart.

import { accounts } from "/page/accounts.js";
import { ask, get, post, put } from "/page/api.js";
import { button, field, form, outcome, reading } from "/page/controls.js";
import { h } from "/page/dom.js";
import { instant } from "/page/format.js";
import { passwordForm } from "/page/login.js";
import { scrolled } from "/page/sessions.js";
import { t } from "/page/texts.js";

const FIRMWARE = "/v1/firmware";
const CERTIFICATES = "/v1/certificates";
const SHOWN = "/v1/certificate";
const OWNER = "admin";

/** Returns the view of the system. */
export function systemView(live) {
  const parts = [restart(live)];
  if (live.has(FIRMWARE)) parts.unshift(firmware(live));
  const wide = live.has(CERTIFICATES) ? certificates() : null;
  if (live.has("/v1/password")) parts.push(section("password", passwordForm(live.session), out(live)));
  if (live.has("/v1/accounts") && (live.session.open || live.session.user === OWNER)) parts.push(section("accounts", ...accounts(live)));
  if (live.has(SHOWN)) parts.push(certificate());
  const node = h("div", { class: "view" }, h("header", { class: "title" }, h("h1", {}, t("view.system"))), h("div", { class: "columns" }, parts), wide);
  return { node };
}

function section(name, ...inner) {
  return h("section", { class: "card", "aria-label": t(`system.${name}`) }, h("h2", {}, t(`system.${name}`)), inner);
}

function facts(rows) {
  return rows.filter(([, said]) => said !== "" && said !== null).map(([key, said]) => h("div", {}, h("dt", {}, t(`system.${key}`)), h("dd", {}, said)));
}

function firmware(live) {
  const told = outcome();
  const bar = h("progress", { max: 100, "aria-label": t("system.progress") });
  const list = h("dl", { class: "facts" });
  const file = h("input", { type: "file", name: "firmware", required: true });
  async function bring(event) {
    event.preventDefault();
    const [bundle] = file.files;
    if (!bundle) return told.tried(() => Promise.reject(new Error(t("system.choose"))));
    await told.tried(() => ask("PUT", FIRMWARE, bundle), t("system.taken"));
    look();
  }
  async function look() {
    const [seen, release] = await Promise.all([get(FIRMWARE), get(`${FIRMWARE}/release`)]).catch(() => []);
    if (!seen) return;
    bar.hidden = !seen.receiving;
    if (seen.percent) bar.value = seen.percent;
    else bar.removeAttribute("value");
    list.replaceChildren(...facts([
      ["version", release.version], ["state", seen.status], ["previous", release.previous],
      ["trial", release.on_trial ? t("system.trial.on") : ""], ["update", release.update ? `${release.update.status} ${release.update.version}` : ""]]));
  }
  const act = async (name) => {
    await told.tried(() => post(`${FIRMWARE}/${name}`));
    look();
  };
  live.heard.add(look);
  look();
  // A whole form: it works as it is, should nothing of this page do so.
  const way = h("form", { method: "post", action: FIRMWARE, enctype: "multipart/form-data", novalidate: true, submit: bring },
    field(t("system.file"), file, t("system.file.hint")),
    h("div", { class: "row" }, h("button", { type: "submit", class: "button main" }, t("system.upload")),
      button(t("system.commit"), () => act("commit")), button(t("system.rollback"), () => act("rollback"))));
  return section("firmware", list, bar, way, told.node);
}

/** Returns what is shown to browsers, and how it is replaced. */
function certificate() {
  const told = reading();
  const list = h("dl", { class: "facts" });
  const chain = h("textarea", { rows: 4, class: "code", spellcheck: "false" });
  const key = h("textarea", { rows: 4, class: "code", spellcheck: "false", autocomplete: "off" });
  const replace = () => put(SHOWN, { chain: chain.value, key: key.value }).then(tell);
  const parts = [["chain", chain, t("system.chain"), t("system.chain.hint")], ["key", key, t("system.secret"), t("system.secret.hint")]];
  const way = form(parts, t("system.replace"), replace, t("system.replaced"));
  const fixed = h("p", { class: "muted", hidden: true }, t("system.fixed"));
  function tell(seen) {
    if (!seen) return;
    list.replaceChildren(...facts([["subject", seen.subject], ["issuer", seen.issuer], ["hosts", seen.hosts.join(", ")],
      ["until", instant(seen.not_after)], ["key", seen.key], ["fingerprint", seen.fingerprint]]));
    way.hidden = seen.fixed;
    fixed.hidden = !seen.fixed;
  }
  told.tried(() => get(SHOWN)).then(tell);
  return section("certificate", h("p", { class: "muted" }, t("system.certificate.lead")), list, told.node, fixed, way);
}

function certificates() {
  const told = reading();
  const body = h("tbody");
  const none = h("p", { class: "muted", hidden: true }, t("system.certificates.none"));
  told.tried(() => get(CERTIFICATES)).then((seen) => {
    body.append(...(seen ?? []).map((it) => h("tr", {}, [it.use, it.subject, it.issuer, instant(it.not_after), it.key].map((cell) => h("td", {}, cell)))));
    none.hidden = !seen || seen.length > 0;
  });
  const heads = ["use", "subject", "issuer", "until", "key"].map((key) => h("th", { scope: "col" }, t(`system.${key}`)));
  const table = h("table", {}, h("caption", {}, t("system.certificates.lead")), h("thead", {}, h("tr", {}, heads)), body);
  return section("certificates", scrolled(t("system.certificates"), table), none, told.node);
}

function out(live) {
  if (live.session.open) return null;
  const told = outcome();
  return h("div", {}, button(t("login.leave"), () => told.tried(() => ask("DELETE", "/v1/session")).then(() => location.reload())), told.node);
}

function restart(live) {
  const told = outcome();
  const press = (kind) => button(t(`system.reset.${kind}`), () => told.tried(() => post("/v1/station/reset", { kind })).then(() => live.refresh()));
  return section("restart", h("p", { class: "muted" }, t("system.restart.lead")), h("div", { class: "row" }, press("on idle"), press("soft")), told.node);
}
