-- What other services tell: members, perimeters, consents and readings.

-- Names of companies and public bodies, as invoices say them; none of households.
CREATE TABLE member (
    member_id uuid PRIMARY KEY,
    revision integer NOT NULL CHECK (revision > 0),
    kind text NOT NULL,
    name text CHECK (kind <> 'household' OR name IS NULL)
);

CREATE TABLE perimeter (
    operation_id text PRIMARY KEY,
    revision integer NOT NULL,
    name text NOT NULL,
    organiser_id uuid NOT NULL,
    step_min integer NOT NULL CHECK (step_min > 0),
    participations jsonb NOT NULL,
    step_changes jsonb NOT NULL
);

CREATE TABLE consent_list (
    member_id uuid PRIMARY KEY,
    revision integer NOT NULL CHECK (revision > 0),
    prms text[] NOT NULL,
    consents jsonb NOT NULL
);
CREATE INDEX consent_list_prms ON consent_list USING gin (prms);

CREATE TABLE reading_block (
    operation_id text NOT NULL,
    day date NOT NULL,
    prm text NOT NULL,
    direction text NOT NULL CHECK (direction IN ('consumption', 'production')),
    step_min integer NOT NULL CHECK (step_min > 0),
    revision integer NOT NULL,
    power_w integer[] NOT NULL,
    estimated_steps integer[] NOT NULL,
    PRIMARY KEY (operation_id, day, prm, direction, step_min)
);

-- Who had an event tried again; what it says, and why it failed, may be personal data.
SELECT audit.watch('parked', silent => '{value,error}', people_only => true);
