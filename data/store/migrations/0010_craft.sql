-- The craft of sales management: how deals are worked, what people are to reach,
-- how they are led, the market, and meetings.
ALTER TABLE deal ADD COLUMN win_reason TEXT;
ALTER TABLE deal ADD COLUMN evidence TEXT;
ALTER TABLE deal ADD COLUMN snooze_day INTEGER;
ALTER TABLE deal ADD COLUMN snooze_reason TEXT;
ALTER TABLE activity ADD COLUMN time TEXT;
ALTER TABLE activity ADD COLUMN sequence_run INTEGER;

CREATE TABLE segment (
    key INTEGER PRIMARY KEY,
    name TEXT,
    external_id TEXT,
    rule TEXT,
    size INTEGER,
    potential INTEGER,
    currency TEXT,
    share_goal REAL,
    priority TEXT,
    note TEXT,
    custom TEXT
);

CREATE TABLE competitor (
    key INTEGER PRIMARY KEY,
    name TEXT,
    external_id TEXT,
    website TEXT,
    strengths TEXT,
    weaknesses TEXT,
    answers TEXT,
    pricing TEXT,
    note TEXT,
    custom TEXT
);

CREATE TABLE journey (
    key INTEGER PRIMARY KEY,
    name TEXT,
    external_id TEXT,
    segment INTEGER,
    note TEXT,
    custom TEXT
);

CREATE TABLE journey_step (
    key INTEGER PRIMARY KEY,
    journey INTEGER,
    name TEXT,
    position INTEGER,
    stage INTEGER,
    customer TEXT,
    us TEXT,
    proof TEXT,
    custom TEXT
);

CREATE TABLE fit_rule (
    key INTEGER PRIMARY KEY,
    name TEXT,
    rule TEXT,
    points REAL,
    position INTEGER,
    custom TEXT
);

CREATE TABLE framework (
    key INTEGER PRIMARY KEY,
    name TEXT,
    external_id TEXT,
    position INTEGER,
    retired INTEGER,
    note TEXT,
    custom TEXT
);

CREATE TABLE framework_element (
    key INTEGER PRIMARY KEY,
    framework INTEGER,
    name TEXT,
    position INTEGER,
    guidance TEXT,
    custom TEXT
);

CREATE TABLE criterion (
    key INTEGER PRIMARY KEY,
    stage INTEGER,
    gate TEXT,
    name TEXT,
    type TEXT,
    field TEXT,
    framework INTEGER,
    points INTEGER,
    position INTEGER,
    guidance TEXT,
    retired INTEGER,
    custom TEXT
);

CREATE TABLE criterion_check (
    key INTEGER PRIMARY KEY,
    deal INTEGER,
    criterion INTEGER,
    met INTEGER,
    day INTEGER,
    person INTEGER,
    evidence TEXT,
    custom TEXT
);
CREATE INDEX criterion_check_deal ON criterion_check (deal);

CREATE TABLE gate_override (
    key INTEGER PRIMARY KEY,
    deal INTEGER,
    from_stage INTEGER,
    to_stage INTEGER,
    day INTEGER,
    person INTEGER,
    reason TEXT,
    missing TEXT,
    custom TEXT
);
CREATE INDEX gate_override_deal ON gate_override (deal);

CREATE TABLE qualification (
    key INTEGER PRIMARY KEY,
    deal INTEGER,
    element INTEGER,
    score INTEGER,
    evidence TEXT,
    day INTEGER,
    person INTEGER,
    custom TEXT
);
CREATE INDEX qualification_deal ON qualification (deal);

CREATE TABLE discovery_guide (
    key INTEGER PRIMARY KEY,
    name TEXT,
    external_id TEXT,
    segment INTEGER,
    stage INTEGER,
    position INTEGER,
    retired INTEGER,
    note TEXT,
    custom TEXT
);

CREATE TABLE discovery_question (
    key INTEGER PRIMARY KEY,
    guide INTEGER,
    question TEXT,
    hint TEXT,
    position INTEGER,
    custom TEXT
);

CREATE TABLE discovery_answer (
    key INTEGER PRIMARY KEY,
    deal INTEGER,
    question INTEGER,
    answer TEXT,
    day INTEGER,
    person INTEGER,
    custom TEXT
);
CREATE INDEX discovery_answer_deal ON discovery_answer (deal);

CREATE TABLE sequence (
    key INTEGER PRIMARY KEY,
    name TEXT,
    external_id TEXT,
    retired INTEGER,
    note TEXT,
    custom TEXT
);

CREATE TABLE sequence_step (
    key INTEGER PRIMARY KEY,
    sequence INTEGER,
    position INTEGER,
    after_days INTEGER,
    type TEXT,
    subject TEXT,
    note TEXT,
    custom TEXT
);

CREATE TABLE sequence_run (
    key INTEGER PRIMARY KEY,
    deal INTEGER,
    sequence INTEGER,
    start_day INTEGER,
    person INTEGER,
    status TEXT,
    custom TEXT
);
CREATE INDEX sequence_run_deal ON sequence_run (deal);

CREATE TABLE target (
    key INTEGER PRIMARY KEY,
    person INTEGER,
    territory INTEGER,
    measure TEXT,
    month INTEGER,
    target REAL,
    custom TEXT
);
CREATE INDEX target_person ON target (person);

CREATE TABLE ramp_profile (
    key INTEGER PRIMARY KEY,
    name TEXT,
    role TEXT,
    shares TEXT,
    custom TEXT
);

CREATE TABLE ramp (
    key INTEGER PRIMARY KEY,
    person INTEGER,
    profile INTEGER,
    start_day INTEGER,
    custom TEXT
);
CREATE INDEX ramp_person ON ramp (person);

CREATE TABLE absence (
    key INTEGER PRIMARY KEY,
    person INTEGER,
    start_day INTEGER,
    end_day INTEGER,
    relief REAL,
    note TEXT,
    custom TEXT
);
CREATE INDEX absence_person ON absence (person);

CREATE TABLE deal_split (
    key INTEGER PRIMARY KEY,
    deal INTEGER,
    person INTEGER,
    share REAL,
    type TEXT,
    custom TEXT
);
CREATE INDEX deal_split_deal ON deal_split (deal);
CREATE INDEX deal_split_person ON deal_split (person);

CREATE TABLE sign_off (
    key INTEGER PRIMARY KEY,
    person INTEGER,
    period TEXT,
    day INTEGER,
    amount INTEGER,
    currency TEXT,
    note TEXT,
    custom TEXT
);
CREATE INDEX sign_off_person ON sign_off (person);

CREATE TABLE commission_plan (
    key INTEGER PRIMARY KEY,
    name TEXT,
    role TEXT,
    rates TEXT,
    start_day INTEGER,
    note TEXT,
    custom TEXT
);

CREATE TABLE what_if (
    key INTEGER PRIMARY KEY,
    name TEXT,
    person INTEGER,
    period TEXT,
    changes TEXT,
    note TEXT,
    custom TEXT
);
CREATE INDEX what_if_person ON what_if (person);

CREATE TABLE revenue_plan (
    key INTEGER PRIMARY KEY,
    name TEXT,
    year INTEGER,
    status TEXT,
    approved_by INTEGER,
    approved_day INTEGER,
    source INTEGER,
    revision INTEGER,
    stretch REAL,
    season TEXT,
    note TEXT,
    custom TEXT
);

CREATE TABLE revenue_target (
    key INTEGER PRIMARY KEY,
    plan INTEGER,
    territory INTEGER,
    person INTEGER,
    segment INTEGER,
    family TEXT,
    month INTEGER,
    amount INTEGER,
    currency TEXT,
    custom TEXT
);

CREATE TABLE opening (
    key INTEGER PRIMARY KEY,
    title TEXT,
    external_id TEXT,
    role TEXT,
    territory INTEGER,
    manager INTEGER,
    status TEXT,
    open_day INTEGER,
    start_day INTEGER,
    strengths TEXT,
    hired INTEGER,
    note TEXT,
    custom TEXT
);

CREATE TABLE candidate (
    key INTEGER PRIMARY KEY,
    name TEXT,
    external_id TEXT,
    email TEXT,
    phone TEXT,
    opening INTEGER,
    person INTEGER,
    stage TEXT,
    day INTEGER,
    source TEXT,
    decision TEXT,
    decision_day INTEGER,
    note TEXT,
    custom TEXT
);
CREATE INDEX candidate_person ON candidate (person);

CREATE TABLE scorecard (
    key INTEGER PRIMARY KEY,
    candidate INTEGER,
    person INTEGER,
    day INTEGER,
    strength TEXT,
    score INTEGER,
    evidence TEXT,
    custom TEXT
);
CREATE INDEX scorecard_candidate ON scorecard (candidate);

CREATE TABLE onboarding_template (
    key INTEGER PRIMARY KEY,
    name TEXT,
    role TEXT,
    note TEXT,
    custom TEXT
);

CREATE TABLE onboarding_step (
    key INTEGER PRIMARY KEY,
    template INTEGER,
    name TEXT,
    position INTEGER,
    due_days INTEGER,
    done_by TEXT,
    note TEXT,
    custom TEXT
);

CREATE TABLE onboarding (
    key INTEGER PRIMARY KEY,
    person INTEGER,
    template INTEGER,
    start_day INTEGER,
    mentor INTEGER,
    note TEXT,
    custom TEXT
);
CREATE INDEX onboarding_person ON onboarding (person);
CREATE INDEX onboarding_mentor ON onboarding (mentor);

CREATE TABLE onboarding_task (
    key INTEGER PRIMARY KEY,
    onboarding INTEGER,
    name TEXT,
    position INTEGER,
    person INTEGER,
    due_day INTEGER,
    done_day INTEGER,
    note TEXT,
    custom TEXT
);
CREATE INDEX onboarding_task_onboarding ON onboarding_task (onboarding);
CREATE INDEX onboarding_task_person ON onboarding_task (person);

CREATE TABLE skill (
    key INTEGER PRIMARY KEY,
    name TEXT,
    external_id TEXT,
    role TEXT,
    target INTEGER,
    guidance TEXT,
    custom TEXT
);

CREATE TABLE skill_level (
    key INTEGER PRIMARY KEY,
    person INTEGER,
    skill INTEGER,
    level INTEGER,
    self_level INTEGER,
    day INTEGER,
    note TEXT,
    custom TEXT
);
CREATE INDEX skill_level_person ON skill_level (person);

CREATE TABLE module (
    key INTEGER PRIMARY KEY,
    name TEXT,
    external_id TEXT,
    skill INTEGER,
    hours REAL,
    place TEXT,
    note TEXT,
    custom TEXT
);

CREATE TABLE training (
    key INTEGER PRIMARY KEY,
    person INTEGER,
    module INTEGER,
    due_day INTEGER,
    done_day INTEGER,
    result REAL,
    note TEXT,
    custom TEXT
);
CREATE INDEX training_person ON training (person);

CREATE TABLE one_on_one (
    key INTEGER PRIMARY KEY,
    person INTEGER,
    manager INTEGER,
    day INTEGER,
    status TEXT,
    agenda TEXT,
    notes TEXT,
    figures TEXT,
    custom TEXT
);
CREATE INDEX one_on_one_person ON one_on_one (person);

CREATE TABLE commitment (
    key INTEGER PRIMARY KEY,
    person INTEGER,
    one_on_one INTEGER,
    what TEXT,
    day INTEGER,
    due_day INTEGER,
    status TEXT,
    metric TEXT,
    note TEXT,
    custom TEXT
);
CREATE INDEX commitment_person ON commitment (person);

CREATE TABLE mentoring (
    key INTEGER PRIMARY KEY,
    person INTEGER,
    mentor INTEGER,
    start_day INTEGER,
    end_day INTEGER,
    focus TEXT,
    note TEXT,
    custom TEXT
);
CREATE INDEX mentoring_person ON mentoring (person);
CREATE INDEX mentoring_mentor ON mentoring (mentor);

CREATE TABLE recognition_rule (
    key INTEGER PRIMARY KEY,
    name TEXT,
    metric TEXT,
    threshold REAL,
    every TEXT,
    retired INTEGER,
    note TEXT,
    custom TEXT
);

CREATE TABLE recognition (
    key INTEGER PRIMARY KEY,
    person INTEGER,
    day INTEGER,
    title TEXT,
    reason TEXT,
    rule INTEGER,
    given_by INTEGER,
    custom TEXT
);

CREATE TABLE goal (
    key INTEGER PRIMARY KEY,
    person INTEGER,
    name TEXT,
    metric TEXT,
    target REAL,
    start_day INTEGER,
    end_day INTEGER,
    status TEXT,
    note TEXT,
    custom TEXT
);
CREATE INDEX goal_person ON goal (person);

CREATE TABLE review_template (
    key INTEGER PRIMARY KEY,
    name TEXT,
    type TEXT,
    role TEXT,
    questions TEXT,
    custom TEXT
);

CREATE TABLE review (
    key INTEGER PRIMARY KEY,
    person INTEGER,
    template INTEGER,
    period TEXT,
    type TEXT,
    day INTEGER,
    status TEXT,
    self_text TEXT,
    manager_text TEXT,
    rating INTEGER,
    figures TEXT,
    custom TEXT
);
CREATE INDEX review_person ON review (person);

CREATE TABLE dispute (
    key INTEGER PRIMARY KEY,
    subject TEXT,
    type TEXT,
    account INTEGER,
    deal INTEGER,
    person INTEGER,
    other INTEGER,
    day INTEGER,
    claim TEXT,
    status TEXT,
    decision TEXT,
    decided_by INTEGER,
    decision_day INTEGER,
    note TEXT,
    custom TEXT
);
CREATE INDEX dispute_person ON dispute (person);
CREATE INDEX dispute_other ON dispute (other);

CREATE TABLE meeting (
    key INTEGER PRIMARY KEY,
    subject TEXT,
    type TEXT,
    day INTEGER,
    person INTEGER,
    about INTEGER,
    territory INTEGER,
    status TEXT,
    since INTEGER,
    note TEXT,
    custom TEXT
);
CREATE INDEX meeting_person ON meeting (person);
CREATE INDEX meeting_about ON meeting (about);

CREATE TABLE meeting_item (
    key INTEGER PRIMARY KEY,
    meeting INTEGER,
    deal INTEGER,
    position INTEGER,
    reason TEXT,
    decision TEXT,
    seen INTEGER,
    day INTEGER,
    custom TEXT
);
CREATE INDEX meeting_item_meeting ON meeting_item (meeting);
CREATE INDEX meeting_item_deal ON meeting_item (deal);

CREATE TABLE action (
    key INTEGER PRIMARY KEY,
    what TEXT,
    person INTEGER,
    due_day INTEGER,
    deal INTEGER,
    account INTEGER,
    meeting INTEGER,
    status TEXT,
    done_day INTEGER,
    note TEXT,
    custom TEXT
);
CREATE INDEX action_person ON action (person);
CREATE INDEX action_deal ON action (deal);
CREATE INDEX action_meeting ON action (meeting);

CREATE TABLE dashboard (
    key INTEGER PRIMARY KEY,
    name TEXT,
    role TEXT,
    person INTEGER,
    position INTEGER,
    layout TEXT,
    custom TEXT
);

CREATE TABLE report_setting (
    key INTEGER PRIMARY KEY,
    name TEXT,
    report TEXT,
    person INTEGER,
    options TEXT,
    custom TEXT
);
