CREATE TABLE local_list (
    station TEXT NOT NULL, key TEXT NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (station, key)
);
CREATE TABLE reservations (
    station TEXT NOT NULL, id INTEGER NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (station, id)
);
