-- What community tells: who takes part, in which steps, and what members allow.

CREATE TABLE perimeter (
    operation_id text PRIMARY KEY,
    revision integer NOT NULL,
    -- Null: never yet, so it is looked at at once.
    asked_again_on date
);

CREATE TABLE perimeter_step (
    operation_id text NOT NULL REFERENCES perimeter,
    valid_from date NOT NULL,
    step_min smallint NOT NULL,
    PRIMARY KEY (operation_id, valid_from)
);

CREATE TABLE participation (
    operation_id text NOT NULL REFERENCES perimeter,
    prm text NOT NULL,
    direction text NOT NULL,
    member_id uuid NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    power_limit_w integer,
    PRIMARY KEY (operation_id, prm, direction, valid_from)
);
CREATE INDEX participation_prm ON participation (prm);

CREATE TABLE consent_list (
    member_id uuid PRIMARY KEY,
    revision integer NOT NULL
);

CREATE TABLE consent (
    id uuid PRIMARY KEY,
    member_id uuid NOT NULL REFERENCES consent_list,
    prm text NOT NULL,
    purpose text NOT NULL,
    granularity text NOT NULL,
    is_granted boolean NOT NULL,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    withdrawn_on date
);
CREATE INDEX consent_prm ON consent (prm);
CREATE INDEX consent_member ON consent (member_id);
