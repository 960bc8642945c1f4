-- The last firmware update that was asked for, of each station.
CREATE TABLE firmware (station TEXT PRIMARY KEY, body BLOB NOT NULL);
