-- An entry that waits names its customer until it is told, and then forgets them if this is 1.
ALTER TABLE journal ADD COLUMN forgotten INTEGER NOT NULL DEFAULT 0;
