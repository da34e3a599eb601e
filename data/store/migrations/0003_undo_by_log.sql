-- Undo works out what a row would be from the log itself.
DROP TABLE restored;
