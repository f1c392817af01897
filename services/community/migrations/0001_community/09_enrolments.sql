-- Conventions with the DSO, enrolments and their steps, sign-ups, declarations, months.

CREATE TABLE convention (
    operation_id text PRIMARY KEY REFERENCES operation,
    dso_contract_id text,
    signed_on date,
    valid_from date,
    valid_to date,
    entry_notice_working_days smallint NOT NULL
        CHECK (entry_notice_working_days BETWEEN 0 AND 120),
    exit_notice_working_days smallint NOT NULL
        CHECK (exit_notice_working_days BETWEEN 0 AND 120),
    coefficients_due_working_days smallint
        CHECK (coefficients_due_working_days BETWEEN 1 AND 60),
    closing_due_working_days smallint NOT NULL
        CHECK (closing_due_working_days BETWEEN 1 AND 60),
    declared_by text NOT NULL CHECK (declared_by IN ('organiser', 'staff')),
    recorded_at timestamptz NOT NULL,
    recorded_by text NOT NULL,
    CHECK (valid_to > valid_from)
);
CREATE INDEX convention_end ON convention (valid_to) WHERE valid_to IS NOT NULL;
SELECT audit.watch('convention');

-- Once for each end: if it is moved, they are reminded again.
CREATE TABLE convention_reminder (
    operation_id text NOT NULL REFERENCES convention,
    valid_to date NOT NULL,
    reminded_at timestamptz NOT NULL,
    PRIMARY KEY (operation_id, valid_to)
);

CREATE TABLE enrolment (
    id uuid PRIMARY KEY,
    operation_id text NOT NULL REFERENCES operation,
    prm text NOT NULL REFERENCES point,
    direction text NOT NULL CHECK (direction IN ('consumption', 'production')),
    member_id uuid NOT NULL REFERENCES member,
    valid_from date NOT NULL,
    valid_to date,
    state text NOT NULL CHECK (
        state IN ('prospect', 'signed', 'declared', 'leaving', 'exit_declared', 'withdrawn')
    ),
    is_vouched boolean NOT NULL DEFAULT false,
    CHECK (valid_to > valid_from),
    CHECK (state NOT IN ('leaving', 'exit_declared') OR valid_to IS NOT NULL)
);
CREATE INDEX enrolment_operation ON enrolment (operation_id, id);
CREATE INDEX enrolment_member ON enrolment (member_id);
-- A participation has one enrolment at most, and so has one that is planned.
CREATE UNIQUE INDEX enrolment_of_participation
ON enrolment (operation_id, prm, direction, valid_from)
WHERE state <> 'withdrawn';

-- It goes forwards only, and what was told to the DSO stays.
CREATE FUNCTION keep_enrolment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.state, NEW.state) NOT IN (
            ('prospect', 'prospect'), ('prospect', 'signed'), ('prospect', 'withdrawn'),
            ('signed', 'signed'), ('signed', 'declared'), ('signed', 'withdrawn'),
            ('declared', 'leaving'), ('declared', 'exit_declared'),
            ('declared', 'withdrawn'),
            ('leaving', 'leaving'), ('leaving', 'exit_declared'),
            ('exit_declared', 'exit_declared')
        )
        OR (NEW.id, NEW.operation_id) <> (OLD.id, OLD.operation_id)
        OR OLD.state <> 'prospect'
            AND (NEW.prm, NEW.direction, NEW.member_id)
                <> (OLD.prm, OLD.direction, OLD.member_id)
        OR OLD.state NOT IN ('prospect', 'signed') AND NEW.valid_from <> OLD.valid_from
    THEN
        RAISE EXCEPTION 'an enrolment goes forwards only'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER enrolment_kept BEFORE UPDATE ON enrolment
FOR EACH ROW EXECUTE FUNCTION keep_enrolment();
SELECT audit.watch('enrolment');

CREATE TABLE enrolment_step (
    enrolment_id uuid NOT NULL REFERENCES enrolment,
    number integer NOT NULL CHECK (number > 0),
    kind text NOT NULL CHECK (
        kind IN ('add', 'change', 'take_over', 'sign', 'declare', 'leave', 'declare_exit',
            'withdraw', 'lose')
    ),
    day date NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    reason text,
    recorded_at timestamptz NOT NULL,
    recorded_by text NOT NULL,
    PRIMARY KEY (enrolment_id, number)
);

CREATE FUNCTION keep_enrolment_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'steps are only added'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER enrolment_step_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON enrolment_step
FOR EACH STATEMENT EXECUTE FUNCTION keep_enrolment_step();
SELECT audit.watch('enrolment_step');

-- Members ask to leave by themselves; the organiser's step answers.
CREATE TABLE leave_request (
    enrolment_id uuid PRIMARY KEY REFERENCES enrolment,
    operation_id text NOT NULL REFERENCES operation,
    prm text NOT NULL REFERENCES point,
    member_id uuid NOT NULL REFERENCES member,
    wanted_on date NOT NULL,
    possible_on date NOT NULL,
    reason text,
    asked_at timestamptz NOT NULL
);
CREATE INDEX leave_request_member ON leave_request (member_id);
SELECT audit.watch('leave_request');

-- Who asks, without an account, to take part in an operation.
CREATE TABLE sign_up (
    id uuid PRIMARY KEY,
    operation_id text NOT NULL REFERENCES operation,
    kind text NOT NULL CHECK (kind IN ('household', 'company', 'public_body')),
    name text NOT NULL,
    address text NOT NULL,
    email text NOT NULL CHECK (email = lower(email)),
    phone text,
    siren text CHECK (siren ~ '^[0-9]{9}$'),
    prm text CHECK (prm ~ '^[0-9]{14}$'),
    direction text NOT NULL CHECK (direction IN ('consumption', 'production')),
    words text,
    language text NOT NULL CHECK (language IN ('fr', 'en')),
    asked_at timestamptz NOT NULL,
    secret_sha256 text NOT NULL UNIQUE CHECK (secret_sha256 ~ '^[0-9a-f]{64}$'),
    expires_at timestamptz NOT NULL,
    confirmed_at timestamptz,
    state text NOT NULL CHECK (state IN ('unconfirmed', 'waiting', 'accepted', 'refused')),
    decided_at timestamptz,
    decided_by text,
    reason text,
    member_id uuid REFERENCES member,
    enrolment_id uuid REFERENCES enrolment,
    touched_at timestamptz NOT NULL,
    CHECK ((state = 'unconfirmed') = (confirmed_at IS NULL)),
    CHECK (num_nulls(decided_at, decided_by) IN (0, 2)),
    CHECK ((state IN ('accepted', 'refused')) = (decided_at IS NOT NULL)),
    CHECK ((state = 'refused') = (reason IS NOT NULL)),
    CHECK (num_nulls(member_id, enrolment_id) IN (0, 2)),
    CHECK ((state = 'accepted') = (member_id IS NOT NULL))
);
CREATE INDEX sign_up_operation ON sign_up (operation_id, id);
CREATE INDEX sign_up_email ON sign_up (email);
CREATE INDEX sign_up_member ON sign_up (member_id);
CREATE INDEX sign_up_touched ON sign_up (touched_at);

CREATE FUNCTION keep_answered_sign_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a sign-up that was answered does not change'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER sign_up_kept BEFORE UPDATE ON sign_up FOR EACH ROW
WHEN (OLD.state IN ('accepted', 'refused')) EXECUTE FUNCTION keep_answered_sign_up();
-- What is purged, or was never confirmed, must not live on in lines about it.
SELECT audit.watch('sign_up', silent => '{touched_at}', people_only => true);

CREATE TABLE declaration (
    id uuid PRIMARY KEY,
    operation_id text NOT NULL REFERENCES operation,
    declared_on date NOT NULL,
    content bytea NOT NULL,
    sha256 text NOT NULL CHECK (sha256 = encode(sha256(content), 'hex')),
    made_at timestamptz NOT NULL,
    made_by text NOT NULL
);
CREATE INDEX declaration_operation ON declaration (operation_id, id);

CREATE FUNCTION keep_declaration() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what the DSO was told stays'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER declaration_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON declaration
FOR EACH STATEMENT EXECUTE FUNCTION keep_declaration();
-- A file is known by its hash.
SELECT audit.watch('declaration', silent => '{content}');

CREATE TABLE declaration_line (
    declaration_id uuid NOT NULL REFERENCES declaration,
    enrolment_id uuid NOT NULL REFERENCES enrolment,
    movement text NOT NULL CHECK (movement IN ('entry', 'exit')),
    day date NOT NULL,
    PRIMARY KEY (declaration_id, enrolment_id),
    UNIQUE (enrolment_id, movement)
);
CREATE TRIGGER declaration_line_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON declaration_line
FOR EACH STATEMENT EXECUTE FUNCTION keep_declaration();
SELECT audit.watch('declaration_line');

CREATE TABLE declaration_download (
    declaration_id uuid NOT NULL REFERENCES declaration,
    number integer NOT NULL CHECK (number > 0),
    downloaded_at timestamptz NOT NULL,
    downloaded_by text NOT NULL,
    PRIMARY KEY (declaration_id, number)
);
CREATE TRIGGER declaration_download_kept
BEFORE UPDATE OR DELETE OR TRUNCATE ON declaration_download
FOR EACH STATEMENT EXECUTE FUNCTION keep_declaration();

-- How far a month is whose coefficients are set before it, as allocation told it last.
CREATE TABLE deposit_month (
    operation_id text NOT NULL,
    month text NOT NULL CHECK (month ~ '^[0-9]{4}-[0-9]{2}$'),
    revision integer NOT NULL,
    state text NOT NULL,
    last_day date,
    PRIMARY KEY (operation_id, month)
);

-- What allocation has told of a month: a deadline that was met is none any more.
CREATE TABLE month_progress (
    operation_id text NOT NULL,
    month text NOT NULL CHECK (month ~ '^[0-9]{4}-[0-9]{2}$'),
    is_settled boolean NOT NULL,
    coefficients_sent boolean NOT NULL,
    PRIMARY KEY (operation_id, month)
);
