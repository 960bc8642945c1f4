-- A station that has run before showed the most that it was built for, however it is wired.
INSERT OR IGNORE INTO settings SELECT station, '3190_3', 0, 'as built' FROM (
    SELECT station FROM security_log UNION SELECT station FROM settings
    UNION SELECT station FROM journal);
