-- The log: what everybody did, append-only.
CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE replica (
    key INTEGER PRIMARY KEY,
    id  BLOB NOT NULL UNIQUE
);

-- Which seqs of each replica are here, as runs.
CREATE TABLE held (
    replica  INTEGER NOT NULL,
    from_seq INTEGER NOT NULL,
    to_seq   INTEGER NOT NULL,
    PRIMARY KEY (replica, from_seq)
) WITHOUT ROWID;

CREATE TABLE txn (
    key       INTEGER PRIMARY KEY,
    id        BLOB NOT NULL UNIQUE,
    replica   INTEGER NOT NULL,
    author    BLOB,
    name      TEXT NOT NULL,
    device    TEXT NOT NULL,
    day       INTEGER NOT NULL,
    stamp     INTEGER NOT NULL,
    what      TEXT NOT NULL,
    undo_of   BLOB,
    signature BLOB
);
CREATE INDEX txn_day ON txn (day);

CREATE TABLE kind (
    key  INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

-- One line per row of any kind. born is the first op of the row that came here.
CREATE TABLE entity (
    key          INTEGER PRIMARY KEY,
    kind         INTEGER NOT NULL,
    id           BLOB NOT NULL,
    born_replica INTEGER,
    born_seq     INTEGER,
    deleted      INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX entity_id ON entity (id);

CREATE TABLE op (
    replica    INTEGER NOT NULL,
    seq        INTEGER NOT NULL,
    stamp      INTEGER NOT NULL,
    txn        INTEGER NOT NULL,
    entity     INTEGER NOT NULL,
    cells      TEXT NOT NULL, -- {cell: value}
    overwrites TEXT,          -- {cell: [[replica, seq]]}
    PRIMARY KEY (replica, seq)
) WITHOUT ROWID;
CREATE INDEX op_entity ON op (entity);
CREATE INDEX op_txn ON op (txn);

-- Live values of the cells that changed after their row was born; a cell
-- without a line here has the value of the born op alone.
CREATE TABLE live (
    entity  INTEGER NOT NULL,
    cell    TEXT NOT NULL,
    replica INTEGER NOT NULL,
    seq     INTEGER NOT NULL,
    stamp   INTEGER NOT NULL,
    value   TEXT NOT NULL,
    PRIMARY KEY (entity, cell, replica, seq)
) WITHOUT ROWID;

-- Overwritten dots whose op is not here yet.
CREATE TABLE gone (
    entity  INTEGER NOT NULL,
    cell    TEXT NOT NULL,
    replica INTEGER NOT NULL,
    seq     INTEGER NOT NULL,
    PRIMARY KEY (entity, cell, replica, seq)
) WITHOUT ROWID;

-- Cells with concurrent values that differ: the conflict inbox.
CREATE TABLE conflict (
    entity INTEGER NOT NULL,
    cell   TEXT NOT NULL,
    PRIMARY KEY (entity, cell)
) WITHOUT ROWID;

-- What this replica did, in order, for undo and redo. A merge stands here with
-- the runs of ops that it brought.
CREATE TABLE history (
    pos    INTEGER PRIMARY KEY,
    txn    INTEGER NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0 -- the txn that took it back
);
CREATE TABLE merged (
    txn      INTEGER NOT NULL,
    replica  INTEGER NOT NULL,
    from_seq INTEGER NOT NULL,
    to_seq   INTEGER NOT NULL,
    PRIMARY KEY (txn, replica, from_seq)
) WITHOUT ROWID;

-- Values that an undo or redo here put back, and whose they were (replica 0
-- where the cell had been blank), so that undoing further back sees through them.
CREATE TABLE restored (
    replica      INTEGER NOT NULL,
    seq          INTEGER NOT NULL,
    cell         TEXT NOT NULL,
    from_replica INTEGER NOT NULL,
    from_seq     INTEGER NOT NULL,
    PRIMARY KEY (replica, seq, cell)
) WITHOUT ROWID;

-- How this person likes his screens; never shared.
CREATE TABLE pref (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
