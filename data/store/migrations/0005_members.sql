-- Who signed what: an act's header beside its words, and what the author's
-- rights stand on.
CREATE TABLE signer (
    key    INTEGER PRIMARY KEY,
    public BLOB NOT NULL UNIQUE
);
ALTER TABLE txn ADD COLUMN first_seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE txn ADD COLUMN ops INTEGER NOT NULL DEFAULT 0;
ALTER TABLE txn ADD COLUMN basis BLOB;       -- ids, one behind the other
ALTER TABLE txn ADD COLUMN signer INTEGER;
ALTER TABLE txn ADD COLUMN erased TEXT;      -- {word: hash}
ALTER TABLE replica ADD COLUMN signer INTEGER; -- whose acts it holds

ALTER TABLE op ADD COLUMN under TEXT;        -- [[replica, seq]]
ALTER TABLE op ADD COLUMN hidden TEXT;       -- {cell: {"hash", "overwrites"}}

-- Hashes of the parts of an act that are not here, by which its signature can
-- be checked and the rest of it be told on.
CREATE TABLE act_span (
    txn      INTEGER NOT NULL,
    from_op  INTEGER NOT NULL,
    ops      INTEGER NOT NULL,
    hash     BLOB NOT NULL,
    PRIMARY KEY (txn, from_op, ops)
) WITHOUT ROWID;

-- Ops about rights: members, their roles and reporting lines, devices.
CREATE TABLE rights_op (
    replica INTEGER NOT NULL,
    seq     INTEGER NOT NULL,
    txn     INTEGER NOT NULL,
    PRIMARY KEY (replica, seq)
) WITHOUT ROWID;
CREATE INDEX rights_op_txn ON rights_op (txn);
INSERT INTO rights_op SELECT o.replica, o.seq, o.txn FROM op o JOIN entity e ON e.key = o.entity JOIN kind k ON k.key = e.kind WHERE k.name = 'person';

-- Ops that came but do not count: their author had no right to them, or it
-- cannot be told yet. Nothing else reads them.
CREATE TABLE quarantine (
    replica INTEGER NOT NULL,
    seq     INTEGER NOT NULL,
    txn     INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    row     BLOB NOT NULL,
    body    TEXT NOT NULL,            -- {"cells", "overwrites", "under", "hidden"}
    state   INTEGER NOT NULL,         -- 0 waits, 1 refused, 2 set aside for good
    reason  TEXT NOT NULL,
    PRIMARY KEY (replica, seq)
) WITHOUT ROWID;

-- What other replicas said that they hold, and who works there.
CREATE TABLE peer (
    replica INTEGER PRIMARY KEY,
    person  BLOB,
    name    TEXT NOT NULL,
    device  TEXT NOT NULL,
    heard   INTEGER NOT NULL,
    held    TEXT NOT NULL              -- {replica: [[from, to]]}
);

CREATE TABLE device (
    key INTEGER PRIMARY KEY,
    person INTEGER,
    name TEXT,
    type TEXT,
    signing_key TEXT,
    sealing_key TEXT,
    founding TEXT,
    revoked TEXT,
    custom TEXT
);
CREATE INDEX device_person ON device (person);

CREATE TABLE redaction (
    key INTEGER PRIMARY KEY,
    kind TEXT,
    row TEXT,
    cells TEXT,
    reason TEXT,
    custom TEXT
);
