-- Payments of which the provider has yet to hear the end; nothing of any card is in them.
CREATE TABLE payments (
    station TEXT NOT NULL, id TEXT NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (station, id)
);
