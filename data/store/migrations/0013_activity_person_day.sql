-- The calendar asks for a few days of one person or of a team, and for what is not
-- done: by the person or the day alone a year's activities would be read.
CREATE INDEX activity_person_day ON activity (person, day, done);
DROP INDEX activity_person;
DROP INDEX activity_day;
CREATE INDEX activity_day ON activity (day, done);
