// Asks the station; the page knows nothing but what it is told here.

/** The station said no, or could not be asked; `message` is its own sentence. */
export class Refusal extends Error {
  constructor(message, status = 0, problem = {}) {
    super(message);
    this.status = status;
    this.problem = problem;
  }
}

const UNANSWERED = "the station does not answer";

/** Called when the station wants to know who asks. */
export const doors = { closed: () => {} };

/** Returns the answer of the station; a body is sent as JSON unless it is a file. */
export async function ask(method, path, body, more = {}) {
  const response = await send(method, path, body, more);
  if (!response.ok) throw await refusal(response, path);
  const kind = response.headers.get("content-type") ?? "";
  return kind.includes("json") ? response.json() : response.text();
}

export const get = (path) => ask("GET", path);
export const post = (path, body) => ask("POST", path, body);
export const put = (path, body) => ask("PUT", path, body);
export const remove = (path) => ask("DELETE", path);

async function send(method, path, body, more) {
  const json = body !== undefined && !(body instanceof Blob);
  const kind = json ? "application/json" : "application/octet-stream";
  const headers = body === undefined ? {} : { "Content-Type": kind };
  try {
    return await fetch(path, { method, headers, body: json ? JSON.stringify(body) : body, ...more });
  } catch (lost) {
    if (lost.name === "AbortError") throw lost;
    throw new Refusal(UNANSWERED);
  }
}

async function refusal(response, path) {
  const problem = await response.json().catch(() => ({}));
  if (response.status === 401 && path !== "/v1/session") doors.closed();
  const wait = response.headers.get("retry-after");
  const said = problem.detail || `${response.status} ${response.statusText}`;
  return new Refusal(wait ? `${said} (${wait} s)` : said, response.status, problem);
}

/** Calls `opened` once, then `heard` with the name and the content of each event, until the stream ends or `signal` ends it. */
export async function listen(path, opened, heard, signal) {
  const response = await send("GET", path, undefined, { signal });
  if (!response.ok) throw await refusal(response, path);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  opened();
  for (let rest = ""; ; ) {
    const { value, done } = await reader.read();
    if (done) return;
    const frames = (rest + value).split("\n\n");
    rest = frames.pop();
    for (const frame of frames) {
      const [, name, data] = /^event: (.*)\ndata: ([^]*)$/.exec(frame) ?? [];
      if (name) heard(name, JSON.parse(data));
    }
  }
}
