-- What a transaction keeps for its end: a row for each sample, so that one more costs one more.
CREATE TABLE kept_samples (
    station TEXT NOT NULL, transaction_id TEXT NOT NULL, number INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (station, transaction_id, number),
    -- Deferred, for the first sample is kept in the step that opens the transaction, before it.
    FOREIGN KEY (station, transaction_id) REFERENCES open_transactions (station, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;
