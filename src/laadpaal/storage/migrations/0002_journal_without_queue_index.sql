-- What is unsettled is a backlog in memory, found by one scan when the file is opened. In an index
-- of it every station had a page of its own, and so a page of the log in every shared commit.
DROP INDEX journal_pending;

-- A message id is that of the file and the row's number. Entries that wait get a new one here,
-- for the old ones would need a column for ever, and no release has written any.
ALTER TABLE journal DROP COLUMN message_id;
CREATE TABLE file (id TEXT NOT NULL);
INSERT INTO file VALUES (lower(hex(randomblob(12))));
