CREATE TABLE security_log (
    seq INTEGER PRIMARY KEY,
    station TEXT NOT NULL,
    at REAL NOT NULL,
    kind TEXT NOT NULL,
    info TEXT NOT NULL,
    -- kept: for the log only; pending: the CSMS has to hear of it.
    state TEXT NOT NULL
        CHECK (state IN ('kept', 'pending', 'delivered', 'dropped')),
    attempts INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX security_log_stations ON security_log (station, seq);
CREATE INDEX security_log_pending ON security_log (station, seq) WHERE state = 'pending';

-- The log keeps its newest 1000 events, and of older ones the 1000 newest that are still untold.
CREATE TRIGGER security_log_rolls AFTER INSERT ON security_log
BEGIN
    DELETE FROM security_log WHERE station = NEW.station AND state <> 'pending' AND seq <= (
        SELECT seq FROM security_log WHERE station = NEW.station
        ORDER BY seq DESC LIMIT 1 OFFSET 1000);
    DELETE FROM security_log WHERE station = NEW.station AND state = 'pending' AND seq <= (
        SELECT seq FROM security_log WHERE station = NEW.station AND state = 'pending'
        ORDER BY seq DESC LIMIT 1 OFFSET 1000);
END;
