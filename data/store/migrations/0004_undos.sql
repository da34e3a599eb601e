-- Which acts were taken back and brought back, for undo.
CREATE INDEX txn_undo_of ON txn (undo_of) WHERE undo_of IS NOT NULL;
