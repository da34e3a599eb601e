-- Territory plans, and what they are made by: where people start from, how much
-- time they have, how often an account is to be visited and what it could bring.
ALTER TABLE person ADD COLUMN home TEXT;
ALTER TABLE person ADD COLUMN weekly_hours REAL;
ALTER TABLE account ADD COLUMN visit_class TEXT;
ALTER TABLE account ADD COLUMN potential REAL;

CREATE TABLE plan (
    key INTEGER PRIMARY KEY,
    name TEXT,
    status TEXT,
    start_day INTEGER,
    level TEXT,
    frame TEXT,
    measures TEXT,
    tolerance REAL,
    source INTEGER,
    hand_over TEXT,
    carried_out INTEGER,
    note TEXT,
    custom TEXT
);

CREATE TABLE plan_territory (
    key INTEGER PRIMARY KEY,
    plan INTEGER,
    name TEXT,
    territory INTEGER,
    person INTEGER,
    color TEXT,
    locked INTEGER,
    share REAL,
    rule TEXT,
    rule_order INTEGER,
    note TEXT,
    custom TEXT
);
CREATE INDEX plan_territory_plan ON plan_territory (plan);

CREATE TABLE plan_part (
    key INTEGER PRIMARY KEY,
    plan INTEGER,
    unit TEXT,
    account INTEGER,
    plan_territory INTEGER,
    locked INTEGER,
    custom TEXT
);
CREATE INDEX plan_part_plan ON plan_part (plan);
CREATE INDEX plan_part_territory ON plan_part (plan_territory);
