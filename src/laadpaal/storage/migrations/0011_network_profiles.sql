-- A slot without a body was removed: what the configuration says of it counts no more.
CREATE TABLE network_profiles (
    station TEXT NOT NULL, slot INTEGER NOT NULL, body BLOB,
    PRIMARY KEY (station, slot)
) WITHOUT ROWID;
