-- What the operator wants people to read on the display of each station, in the order it came.
CREATE TABLE display_messages (
    station TEXT NOT NULL,
    id INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (station, id)
);
