// The station as it is now: followed by its stream of events, and asked now and then besides.

import { get, listen } from "/page/api.js";

const POLL_MS = 1000;
const PAUSE_MS = 200;
const AGAIN_MS = 3000;
const KEPT = 600;
const MESSAGES = "/v1/messages";

/** Follows a station and tells each of `tell` every new state of it. */
export class Live {
  constructor(has, session) {
    this.has = has;
    this.session = session;
    this.tell = new Set();
    this.opened = new Set();
    this.heard = new Set();
    this.said = new Set();
    this.state = null;
    this.streaming = false;
    this.lost = "";
    this.samples = new Map();
  }

  /** Begins to follow. */
  start() {
    this.ending = new AbortController();
    this.ending.signal.addEventListener("abort", () => clearInterval(this.poll));
    this.poll = setInterval(() => document.hidden || this.refresh(), POLL_MS);
    this.#stream();
    return this.refresh();
  }

  /** Follows no more. */
  stop() {
    this.ending?.abort();
  }

  /** Asks the station how it is; while it is being asked, another wish is one more question after. */
  async refresh() {
    if (this.asking) {
      this.again = true;
      return;
    }
    this.asking = true;
    try {
      const world = this.has("/v1/bench") ? get("/v1/bench") : null;
      const [station, bench] = await Promise.all([get("/v1/station"), world]);
      this.lost = "";
      this.state = { station, bench };
      for (const evse of station.evses) this.#sample(station.at, evse);
    } catch (refusal) {
      this.lost = refusal.message;
    }
    this.asking = false;
    for (const tell of this.tell) tell(this.state, this);
    if (this.again) {
      this.again = false;
      setTimeout(() => this.refresh(), PAUSE_MS);
    }
  }

  /** Hears no more for a view that is left. */
  leave() {
    for (const ears of [this.opened, this.heard, this.said]) ears.clear();
  }

  async #stream() {
    const path = this.has(MESSAGES) ? "/v1/events?also=messages" : "/v1/events";
    while (!this.ending.signal.aborted) {
      try {
        await listen(path, () => this.#open(), (name, it) => this.#hear(name, it), this.ending.signal);
      } catch {
        // What is wrong is told by the next question; the stream only makes it quicker.
      }
      this.streaming = false;
      await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
  }

  #open() {
    this.streaming = true;
    for (const opened of this.opened) opened();
  }

  #hear(name, it) {
    // A message has changed nothing by itself; what it leads to is told as well.
    if (name === "Message") return this.said.forEach((said) => said(it));
    this.heard.forEach((heard) => heard(name));
    this.refresh();
  }

  #sample(at, evse) {
    const measured = evse.measurement;
    if (!measured) return;
    const samples = this.samples.get(evse.evse) ?? [];
    if (samples.length && samples.at(-1).at >= at) return;
    const volts = measured.voltages_v.find((v) => v > 0) ?? 0;
    const limit_w = evse.contactor_closed ? evse.current.offered_a * evse.current.phases * volts : null;
    const lines_w = measured.currents_a.map((a, line) => a * measured.voltages_v[line]);
    samples.push({ at, lines_w, limit_w, because: evse.current.because });
    this.samples.set(evse.evse, samples.slice(-KEPT));
  }
}
