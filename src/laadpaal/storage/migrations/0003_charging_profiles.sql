CREATE TABLE charging_profiles (
    station TEXT NOT NULL, id INTEGER NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (station, id)
);
