-- Who may log in at the local side of each station, and the hash of their password.
CREATE TABLE accounts (
    station TEXT NOT NULL,
    user TEXT NOT NULL,
    secret TEXT NOT NULL,
    expires_at REAL,
    PRIMARY KEY (station, user)
);
