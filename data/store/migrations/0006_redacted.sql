-- What was erased, by the op that said so: the table of redactions shows what
-- stands now, but what is erased stays erased.
CREATE TABLE redacted (
    replica INTEGER NOT NULL,
    seq     INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    row     TEXT NOT NULL,
    cells   TEXT NOT NULL,
    PRIMARY KEY (replica, seq)
) WITHOUT ROWID;
INSERT INTO redacted SELECT o.replica, o.seq, json_extract(o.cells, '$.kind'), json_extract(o.cells, '$.row'), json_extract(o.cells, '$.cells')
    FROM op o JOIN entity e ON e.key = o.entity JOIN kind k ON k.key = e.kind
    WHERE k.name = 'redaction' AND json_type(o.cells, '$.kind') = 'text' AND json_type(o.cells, '$.row') = 'text' AND json_type(o.cells, '$.cells') = 'text';
