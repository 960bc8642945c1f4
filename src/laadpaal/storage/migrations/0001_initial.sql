CREATE TABLE journal (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    station TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('start', 'meter', 'update', 'stop')),
    evse INTEGER NOT NULL,
    transaction_id TEXT NOT NULL,
    body BLOB NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'dropped')),
    attempts INTEGER NOT NULL DEFAULT 0,
    offline INTEGER NOT NULL,
    csms_id INTEGER
);
CREATE INDEX journal_pending ON journal (station, seq) WHERE state = 'pending';
CREATE INDEX journal_starts ON journal (station, evse, seq) WHERE kind = 'start';
CREATE INDEX journal_transactions ON journal (station, transaction_id);
CREATE INDEX journal_csms_ids ON journal (station, csms_id) WHERE csms_id IS NOT NULL;

CREATE TABLE open_transactions (
    station TEXT NOT NULL, id TEXT NOT NULL, body BLOB NOT NULL,
    meter_wh REAL NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (station, id)
);
CREATE TABLE settings (
    station TEXT NOT NULL, id TEXT NOT NULL, evse INTEGER NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (station, id, evse)
);
CREATE TABLE tokens (
    station TEXT NOT NULL, key TEXT NOT NULL, body BLOB NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (station, key)
);
CREATE TABLE availability (
    station TEXT NOT NULL, evse INTEGER NOT NULL, connector INTEGER NOT NULL,
    operative INTEGER NOT NULL,
    PRIMARY KEY (station, evse, connector)
);
CREATE TABLE facts (
    station TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (station, name)
);
