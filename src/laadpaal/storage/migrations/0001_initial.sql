CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    station TEXT NOT NULL,
    message_id TEXT NOT NULL,
    -- Spelled out: IN would fill a list anew for every row and double the price of an INSERT.
    kind TEXT NOT NULL
        CHECK (kind = 'meter' OR kind = 'update' OR kind = 'start' OR kind = 'stop'),
    evse INTEGER NOT NULL,
    transaction_id TEXT NOT NULL,
    body BLOB NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending'
        CHECK (state = 'pending' OR state = 'delivered' OR state = 'dropped'),
    attempts INTEGER NOT NULL DEFAULT 0,
    offline INTEGER NOT NULL,
    csms_id INTEGER
);
CREATE INDEX journal_pending ON journal (station, seq) WHERE state = 'pending';
CREATE INDEX journal_starts ON journal (station, evse, seq) WHERE kind = 'start';
CREATE INDEX journal_names ON journal (station, transaction_id) WHERE kind = 'start';
-- Of settled rows only: a step that appends has one index less to write.
CREATE INDEX journal_settled ON journal (station, transaction_id) WHERE state <> 'pending';
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
