-- Several acts of one transaction are one step for undo: this one goes on in the
-- next line.
ALTER TABLE history ADD COLUMN more INTEGER NOT NULL DEFAULT 0;
