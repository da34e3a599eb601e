-- What people say that a period will come to, week by week, and what their
-- managers make of it.
CREATE TABLE forecast_call (
    key INTEGER PRIMARY KEY,
    person INTEGER,
    period TEXT,
    day INTEGER,
    amount INTEGER,
    currency TEXT,
    closed INTEGER,
    commit_value INTEGER,
    best_case INTEGER,
    pipeline INTEGER,
    adjusted INTEGER,
    quota INTEGER,
    note TEXT,
    custom TEXT
);
CREATE INDEX forecast_call_person ON forecast_call (person);

CREATE TABLE forecast_adjustment (
    key INTEGER PRIMARY KEY,
    person INTEGER,
    period TEXT,
    amount INTEGER,
    currency TEXT,
    note TEXT,
    custom TEXT
);
CREATE INDEX forecast_adjustment_person ON forecast_adjustment (person);
