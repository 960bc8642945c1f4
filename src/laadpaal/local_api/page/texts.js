// Every text of the page that is not the station's own, in English; other languages follow in LANGUAGES.

const ENGLISH = {
  "app.skip": "Skip to the content",
  "app.views": "Views",
  "app.live": "live",
  "app.polling": "every second",
  "app.lost": "The station does not answer; what you see is how it was last.",
  "app.theme": "Colours",
  "app.theme.auto": "Colours: as your device",
  "app.theme.light": "Colours: light",
  "app.theme.dark": "Colours: dark",
  "app.language": "Language",
  "app.waiting": "Asking the station …",
  "view.station": "Station",
  "view.sessions": "Sessions",
  "view.messages": "Messages",
  "view.log": "Log",
  "view.settings": "Settings",
  "view.system": "System",

  "chart.time": "Time",
  "chart.L1": "L1",
  "chart.L2": "L2",
  "chart.L3": "L3",
  "chart.limit": "Limit",
  "chart.table": "As a table",
  "chart.empty": "Nothing measured yet",
  "chart.limited": "limit {power}",

  "station.title": "Station",
  "station.csms": "Back office",
  "station.csms.online": "connected",
  "station.csms.offline": "not connected",
  "station.csms.none": "none",
  "station.power": "Power now",
  "station.inside": "Inside",
  "station.grid": "House",
  "station.firmware": "Firmware",
  "station.limit": "Limit of the whole station",
  "station.faults": "What is wrong",
  "station.pending": "Some settings wait for a restart.",
  "station.restarting": "The station is starting anew.",

  "socket.number": "Socket {n}",
  "socket.locked": "locked",
  "socket.unlocked": "not locked",
  "socket.light": "light: {light}",
  "socket.display": "display: {shows}",
  "socket.power": "Power",
  "socket.energy": "This session",
  "socket.register": "Meter",
  "socket.time": "For",
  "socket.chart": "Power per phase at socket {n}",
  "socket.phase": "Current of {line}",
  "socket.offered": "Offered",
  "socket.why": "Why?",
  "socket.limit": "Limit",
  "socket.limit.none": "none",
  "socket.limit.pause": "below {least} charging pauses",
  "socket.limit.release": "Take the limit away",
  "socket.phases": "Phases",
  "socket.phases.1": "1 phase",
  "socket.phases.3": "3 phases",
  "socket.start": "Start",
  "socket.stop": "Stop",
  "socket.unlock": "Unlock",
  "socket.controls": "What you may do at socket {n}",
  "answer.accepted": "Done.",
  "answer.begun": "The station has begun with it.",
  "answer.scheduled": "The station will do it when no session runs.",
  "answer.after restart": "Stored; it counts after the next restart.",

  "why.claims": "Everyone who limits the current; the lowest wins",
  "why.by": "Who",
  "why.limit": "Allows",
  "why.energy": "Energy",
  "why.lines": "Phases",
  "why.lock": "Lock",
  "why.faults": "Faults",
  "why.refusals": "Turned away lately",

  "bench.title": "The simulated world",
  "bench.lead": "This station's hardware is simulated, so you can be driver, house and bad luck.",
  "bench.vehicle": "Vehicle at socket {n}",
  "bench.plug": "Plug in",
  "bench.unplug.vehicle": "Unplug at the vehicle",
  "bench.unplug.station": "Unplug at the station",
  "bench.card": "Card number",
  "bench.swipe": "Hold to the reader",
  "bench.reader": "Reader",
  "bench.reader.0": "for all sockets",
  "bench.max": "Takes at most",
  "bench.soc": "Battery",
  "bench.phases": "Charges with",
  "bench.house": "House",
  "bench.base": "The house takes",
  "bench.appliances": "Appliances that come and go",
  "bench.sun": "The sun gives at noon",
  "bench.fuse": "Main fuse",
  "bench.flows": "From the grid now",
  "bench.over": "More than the fuse may carry: {lines}",
  "bench.faults": "Bad luck",
  "bench.trouble": "What goes wrong",
  "bench.where": "Where",
  "bench.station": "the whole station",
  "bench.begin": "Let it go wrong",
  "bench.end": "Make it well: {name}",
  "bench.ends": "It ends {ends}.",
  "bench.fine": "Nothing is made to go wrong now.",
  "bench.on": "Going wrong now",

  "status.SuspendedEV": "Vehicle pauses",
  "status.SuspendedEVSE": "Paused",
  "connection.DISCONNECTED": "nothing plugged in",
  "connection.CABLE": "cable without a vehicle",
  "connection.CABLE_TYPE_E": "household plug",
  "connection.EV": "vehicle connected",
};

/** The languages that there are, by their codes; what one lacks is said in English. */
const LANGUAGES = { en: ENGLISH };
const NAMES = { en: "English" };
const KEPT = "laadpaal-language";

let chosen = [localStorage.getItem(KEPT), navigator.language.slice(0, 2)].find((it) => it in LANGUAGES) ?? "en";

export const language = () => chosen;
export const languages = () => Object.keys(LANGUAGES).map((code) => [code, NAMES[code]]);

/** Speaks another language from the next text on. */
export function speak(code) {
  chosen = code;
  localStorage.setItem(KEPT, code);
}

/** Returns a text with its gaps filled. */
export function t(key, gaps = {}) {
  const text = LANGUAGES[chosen][key] ?? ENGLISH[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, gap) => gaps[gap]);
}

/** Returns the station's own word in the language of the page, or as it is where there is no other. */
export function word(kind, said) {
  const key = `${kind}.${said}`;
  return LANGUAGES[chosen][key] ?? ENGLISH[key] ?? said;
}
