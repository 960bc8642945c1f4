// The languages of the page, and which of them it speaks now.

import { GERMAN } from "/page/texts-de.js";
import { ENGLISH } from "/page/texts-en.js";
import { DUTCH } from "/page/texts-nl.js";

/** By their codes; each has a text for every key. */
const LANGUAGES = { en: ENGLISH, nl: DUTCH, de: GERMAN };
const NAMES = { en: "English", nl: "Nederlands", de: "Deutsch" };
const KEPT = "laadpaal-language";

const own = (locale) => locale.split("-")[0];

let chosen = [localStorage.getItem(KEPT), ...navigator.languages.map(own)].find((it) => it in LANGUAGES) ?? "en";

export const language = () => chosen;
export const languages = () => Object.keys(LANGUAGES).map((code) => [code, NAMES[code]]);

/** Returns the language with the region that the browser's owner lives in, where that is known. */
export const locale = () => navigator.languages.find((it) => own(it) === chosen) ?? chosen;

/** Speaks another language from the next text on. */
export function speak(code) {
  chosen = code;
  localStorage.setItem(KEPT, code);
}

/** Returns a text with its gaps filled. */
export function t(key, gaps = {}) {
  const text = LANGUAGES[chosen][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, gap) => gaps[gap]);
}

/** Returns the station's own word in the language of the page, or as it is where there is no other. */
export const word = (kind, said) => LANGUAGES[chosen][`${kind}.${said}`] ?? said;
