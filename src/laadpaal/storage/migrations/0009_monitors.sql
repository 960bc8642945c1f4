CREATE TABLE monitors (
    station TEXT NOT NULL, id INTEGER NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (station, id)
);
-- What monitors have told and the CSMS still has to hear; a row for each turn.
CREATE TABLE firings (
    -- No number is given twice, for message ids are made of them.
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    station TEXT NOT NULL,
    body BLOB NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX firings_stations ON firings (station, seq);

-- Of those that nobody takes, the newest 1000 stay.
CREATE TRIGGER firings_roll AFTER INSERT ON firings
BEGIN
    DELETE FROM firings WHERE station = NEW.station AND seq <= (
        SELECT seq FROM firings WHERE station = NEW.station
        ORDER BY seq DESC LIMIT 1 OFFSET 1000);
END;
