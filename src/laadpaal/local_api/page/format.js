// How numbers, durations and instants are written in the language of the page.

import { locale } from "/page/texts.js";

function number(value, digits) {
  const form = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(locale(), form).format(value);
}

export const ampere = (a) => `${number(a, 1)} A`;
export const kilowatt = (w) => `${number(w / 1000, 1)} kW`;
export const kilowatts = (w) => `${number(w / 1000, w % 1000 ? 1 : 0)} kW`;
export const kilowatthour = (wh) => `${number(wh / 1000, 2)} kWh`;
export const percent = (share) => `${number(share * 100, 0)} %`;

/** Returns seconds as hours and minutes, or minutes and seconds when there are few. */
export function duration(s) {
  const whole = Math.max(0, Math.floor(s));
  const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (part) => String(part).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)} h` : `${minutes}:${two(seconds)} min`;
}

/** Returns an instant, UTC seconds, as people here write it. */
export function instant(utc) {
  const form = { dateStyle: "medium", timeStyle: "medium" };
  return new Intl.DateTimeFormat(locale(), form).format(new Date(utc * 1000));
}

/** Returns the time of day only. */
export function clock(utc) {
  return new Intl.DateTimeFormat(locale(), { timeStyle: "short" }).format(new Date(utc * 1000));
}

/** Returns the time of day to the millisecond. */
export function precise(utc) {
  const two = "2-digit";
  const form = { hour: two, minute: two, second: two, fractionalSecondDigits: 3, hourCycle: "h23" };
  return new Intl.DateTimeFormat(locale(), form).format(new Date(utc * 1000));
}
