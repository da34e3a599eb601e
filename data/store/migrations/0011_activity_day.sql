-- The calendar asks for the activities of a few days.
CREATE INDEX activity_day ON activity (day);
