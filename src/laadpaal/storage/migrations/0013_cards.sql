-- The white list of each station, in the order in which its cards came.
CREATE TABLE cards (
    station TEXT NOT NULL,
    key TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (station, key)
);
