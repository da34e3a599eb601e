-- A step that came by itself, such as a merge out of the shared folder: plain
-- undo passes over it, undo by name takes it back.
ALTER TABLE history ADD COLUMN unasked INTEGER NOT NULL DEFAULT 0;
