-- Records that were found to be one, or said not to be.
CREATE TABLE alias (
    key INTEGER PRIMARY KEY,
    verdict TEXT,
    kind TEXT,
    row TEXT,
    target TEXT,
    custom TEXT
);
