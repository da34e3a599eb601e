-- The current state of every kind, kept from the log in the same transaction.
-- References are entity keys; days count from 1970-01-01; money is in minor units.
CREATE TABLE setting (
    key INTEGER PRIMARY KEY,
    name TEXT,
    value TEXT,
    custom TEXT
);

CREATE TABLE custom_field (
    key INTEGER PRIMARY KEY,
    kind TEXT,
    label TEXT,
    type TEXT,
    choices TEXT,
    custom TEXT
);

CREATE TABLE rate (
    key INTEGER PRIMARY KEY,
    currency TEXT,
    day INTEGER,
    rate TEXT,
    custom TEXT
);

CREATE TABLE person (
    key INTEGER PRIMARY KEY,
    name TEXT,
    external_id TEXT,
    email TEXT,
    phone TEXT,
    role TEXT,
    title TEXT,
    manager INTEGER,
    hire_day INTEGER,
    end_day INTEGER,
    status TEXT,
    note TEXT,
    custom TEXT
);
CREATE INDEX person_manager ON person (manager);

CREATE TABLE territory (
    key INTEGER PRIMARY KEY,
    name TEXT,
    external_id TEXT,
    parent INTEGER,
    color TEXT,
    note TEXT,
    custom TEXT
);
CREATE INDEX territory_parent ON territory (parent);

CREATE TABLE assignment (
    key INTEGER PRIMARY KEY,
    person INTEGER,
    territory INTEGER,
    role TEXT,
    start_day INTEGER,
    end_day INTEGER,
    custom TEXT
);
CREATE INDEX assignment_person ON assignment (person);
CREATE INDEX assignment_territory ON assignment (territory);

CREATE TABLE rule (
    key INTEGER PRIMARY KEY,
    territory INTEGER,
    position INTEGER,
    field TEXT,
    test TEXT,
    value TEXT,
    custom TEXT
);
CREATE INDEX rule_territory ON rule (territory);

CREATE TABLE product (
    key INTEGER PRIMARY KEY,
    name TEXT,
    external_id TEXT,
    family TEXT,
    price INTEGER,
    currency TEXT,
    retired INTEGER,
    custom TEXT
);

CREATE TABLE pipeline (
    key INTEGER PRIMARY KEY,
    name TEXT,
    external_id TEXT,
    position INTEGER,
    custom TEXT
);

CREATE TABLE stage (
    key INTEGER PRIMARY KEY,
    name TEXT,
    external_id TEXT,
    pipeline INTEGER,
    type TEXT,
    position INTEGER,
    probability REAL,
    expected_days INTEGER,
    category TEXT,
    custom TEXT
);
CREATE INDEX stage_pipeline ON stage (pipeline);

CREATE TABLE account (
    key INTEGER PRIMARY KEY,
    name TEXT,
    external_id TEXT,
    industry TEXT,
    parent INTEGER,
    territory INTEGER,
    owner INTEGER,
    address TEXT,
    city TEXT,
    state TEXT,
    postal_code TEXT,
    country TEXT,
    latitude REAL,
    longitude REAL,
    employees INTEGER,
    revenue REAL,
    founded INTEGER,
    website TEXT,
    phone TEXT,
    note TEXT,
    custom TEXT
);
CREATE INDEX account_parent ON account (parent);
CREATE INDEX account_territory ON account (territory);
CREATE INDEX account_owner ON account (owner);

CREATE TABLE contact (
    key INTEGER PRIMARY KEY,
    name TEXT,
    external_id TEXT,
    account INTEGER,
    title TEXT,
    email TEXT,
    phone TEXT,
    influence TEXT,
    note TEXT,
    custom TEXT
);
CREATE INDEX contact_account ON contact (account);

CREATE TABLE deal (
    key INTEGER PRIMARY KEY,
    name TEXT,
    external_id TEXT,
    account INTEGER,
    owner INTEGER,
    product INTEGER,
    contact INTEGER,
    stage INTEGER,
    close_day INTEGER,
    loss_reason TEXT,
    amount INTEGER,
    currency TEXT,
    category TEXT,
    created_day INTEGER,
    engaged_day INTEGER,
    next_step TEXT,
    next_step_day INTEGER,
    competitor TEXT,
    source TEXT,
    note TEXT,
    custom TEXT
);

CREATE TABLE stage_entry (
    key INTEGER PRIMARY KEY,
    deal INTEGER,
    stage INTEGER,
    day INTEGER,
    custom TEXT
);
CREATE INDEX stage_entry_deal ON stage_entry (deal);
CREATE INDEX stage_entry_stage ON stage_entry (stage);

CREATE TABLE activity (
    key INTEGER PRIMARY KEY,
    type TEXT,
    subject TEXT,
    external_id TEXT,
    deal INTEGER,
    account INTEGER,
    contact INTEGER,
    person INTEGER,
    day INTEGER,
    minutes INTEGER,
    done INTEGER,
    note TEXT,
    custom TEXT
);
CREATE INDEX activity_deal ON activity (deal);
CREATE INDEX activity_account ON activity (account);
CREATE INDEX activity_contact ON activity (contact);
CREATE INDEX activity_person ON activity (person);

CREATE TABLE quota (
    key INTEGER PRIMARY KEY,
    person INTEGER,
    territory INTEGER,
    month INTEGER,
    amount INTEGER,
    currency TEXT,
    custom TEXT
);
CREATE INDEX quota_person ON quota (person);
CREATE INDEX quota_territory ON quota (territory);

CREATE INDEX deal_stage ON deal (stage, close_day);
CREATE INDEX deal_owner ON deal (owner, close_day);
CREATE INDEX deal_account ON deal (account);
