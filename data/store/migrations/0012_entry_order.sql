-- Stages that a deal came to on one day stand in the order of this number.
ALTER TABLE stage_entry ADD COLUMN step INTEGER;
