// Who asks: logging in, and the first password of all.

import { ask, post, put } from "/page/api.js";
import { field, outcome } from "/page/controls.js";
import { h } from "/page/dom.js";
import { t } from "/page/texts.js";

/** Returns who the station takes us for; a station that does not ask has no such question. */
export async function whoami() {
  try {
    return await ask("GET", "/v1/session");
  } catch (refusal) {
    if (refusal.status === 404) return { user: null, first: false, open: true };
    throw refusal;
  }
}

/** Returns the view in which somebody says who it is; `then` is called once that is known. */
export function loginView({ first }, then) {
  const told = outcome();
  const user = h("input", { name: "user", value: "admin", autocomplete: "username", spellcheck: "false" });
  const password = secret("password", first ? "new-password" : "current-password");
  const again = secret("again", "new-password");
  async function submit(event) {
    event.preventDefault();
    if (first && password.value !== again.value) {
      await told.tried(() => Promise.reject(new Error(t("login.differ"))));
      return again.focus();
    }
    const wish = { password: password.value };
    const deed = () => (first ? put("/v1/password", wish) : post("/v1/session", { user: user.value, ...wish }));
    if (await told.tried(deed)) await then();
    else password.focus();
  }
  return h("main", { id: "content", class: "login", tabindex: "-1" },
    h("form", { class: "card", submit, novalidate: true },
      h("span", { class: "logo large", "aria-hidden": "true" }),
      h("h1", {}, t(first ? "login.first" : "login.title")),
      h("p", { class: "muted" }, t(first ? "login.first.lead" : "login.lead")),
      first ? null : field(t("login.user"), user),
      field(t("login.password"), password),
      first ? field(t("login.again"), again) : null,
      h("button", { type: "submit", class: "button main" }, t(first ? "login.set" : "login.enter")), told.node));
}

/** Returns the form by which somebody changes the own password. */
export function passwordForm({ open }) {
  const told = outcome();
  const old = secret("old", "current-password");
  const password = secret("password", "new-password");
  async function submit(event) {
    event.preventDefault();
    const wish = { password: password.value, ...(open ? {} : { old: old.value }) };
    if (await told.tried(() => put("/v1/password", wish))) old.value = password.value = "";
  }
  return h("form", { submit, novalidate: true }, open ? null : field(t("login.old"), old), field(t("login.new"), password),
    h("div", { class: "row" }, h("button", { type: "submit", class: "button" }, t("login.set"))), told.node);
}

const secret = (name, autocomplete) => h("input", { type: "password", name, autocomplete });
