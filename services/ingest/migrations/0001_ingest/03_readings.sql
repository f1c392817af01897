-- Day blocks of readings, what fills their gaps, and what was published to whom.

CREATE TABLE validation (
    scope text PRIMARY KEY,
    changes jsonb NOT NULL
);
SELECT audit.watch('validation');

CREATE TABLE estimation_policy (
    operation_id text PRIMARY KEY,
    methods text[] NOT NULL,
    interpolation_max_min smallint NOT NULL CHECK (interpolation_max_min >= 0)
);
SELECT audit.watch('estimation_policy');

CREATE TABLE estimation (
    id uuid PRIMARY KEY,
    operation_id text NOT NULL,
    from_day date NOT NULL,
    to_day date NOT NULL,
    methods text[] NOT NULL,
    asked_by text NOT NULL,
    asked_at timestamptz NOT NULL,
    steps_filled integer NOT NULL,
    steps_left integer NOT NULL,
    withdrawn_by text,
    withdrawn_at timestamptz,
    CHECK (from_day < to_day),
    CHECK ((withdrawn_by IS NULL) = (withdrawn_at IS NULL))
);
CREATE INDEX estimation_operation ON estimation (operation_id, asked_at);
-- What the service does to these by itself is their own history (ADR 0019).
SELECT audit.watch('estimation', people_only => true);

-- Rows are never changed: the block of a point, direction, day and step is its last revision.
CREATE TABLE reading_block (
    prm text NOT NULL CHECK (prm ~ '^[0-9]{14}$'),
    direction text NOT NULL CHECK (direction IN ('consumption', 'production')),
    day date NOT NULL,
    step_min smallint NOT NULL CHECK (step_min IN (5, 10, 15, 30, 60)),
    revision integer NOT NULL CHECK (revision > 0),
    power_w integer[] NOT NULL,
    natures text NOT NULL CHECK (length(natures) = cardinality(power_w)),
    doubtful boolean[] NOT NULL CHECK (cardinality(doubtful) = cardinality(power_w)),
    delivery_id uuid REFERENCES delivery,
    published_us bigint[] NOT NULL,
    -- Stamped while the locks are held, so that a later revision never has an earlier time.
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    estimation_id uuid REFERENCES estimation,
    PRIMARY KEY (prm, direction, day, step_min, revision),
    CHECK (cardinality(published_us) IN (1, cardinality(power_w))),
    CHECK (num_nonnulls(delivery_id, estimation_id) = 1)
);
CREATE INDEX reading_block_estimated ON reading_block (prm, day)
WHERE strpos(natures, 'i') > 0;
-- Written out in store/readings/organisers.py: the values of an organiser's files.
CREATE INDEX reading_block_organisers ON reading_block (prm, day) WHERE 0 > ANY (published_us);
-- Old days are found without an index entry for each block: days come about in order.
CREATE INDEX reading_block_day ON reading_block USING brin (day);

-- Which days of a point's month have come, as bits from the least one, for the first of the month:
-- to count them among all blocks of a year takes seconds. A purge of the blocks leaves them.
CREATE TABLE point_month (
    prm text NOT NULL,
    direction text NOT NULL,
    month date NOT NULL CHECK (extract(day FROM month) = 1),
    -- A step is received or estimated; to say that all are missing is not to begin.
    some_days bigint NOT NULL,
    -- No step is missing: each is received, or estimated by the DSO or by us.
    whole_days bigint NOT NULL CHECK (whole_days & ~some_days = 0),
    -- Every step is received.
    received_days bigint NOT NULL CHECK (received_days & ~whole_days = 0),
    PRIMARY KEY (prm, direction, month)
);

-- The same of operations: how many of an operation's points that take part on the same days of the
-- month came alike. Points are many, and nearly all of a month are alike.
CREATE TABLE operation_month (
    operation_id text NOT NULL,
    month date NOT NULL,
    -- Of the participation, which may begin before and end later, or never (infinity).
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    some_days bigint NOT NULL,
    whole_days bigint NOT NULL,
    received_days bigint NOT NULL,
    points bigint NOT NULL CHECK (points > 0),
    PRIMARY KEY (
        operation_id, month, valid_from, valid_to, some_days, whole_days, received_days
    )
);

-- How steps of a block were estimated; the values themselves are in the revision it made.
CREATE TABLE estimate (
    estimation_id uuid NOT NULL REFERENCES estimation,
    prm text NOT NULL,
    direction text NOT NULL,
    day date NOT NULL,
    step_min smallint NOT NULL,
    method text NOT NULL,
    revision integer NOT NULL,
    slots smallint[] NOT NULL,
    replaced text NOT NULL CHECK (length(replaced) = cardinality(slots)),
    input_days date[] NOT NULL,
    input_prms text[] NOT NULL,
    PRIMARY KEY (estimation_id, prm, direction, day, step_min, method)
);
CREATE INDEX estimate_block ON estimate (prm, direction, day, step_min);

CREATE TABLE reading_flag (
    prm text NOT NULL,
    direction text NOT NULL,
    day date NOT NULL,
    step_min smallint NOT NULL,
    code text NOT NULL,
    slots smallint[] NOT NULL CHECK (cardinality(slots) > 0),
    PRIMARY KEY (prm, direction, day, step_min, code)
);

CREATE TABLE held_block (
    prm text NOT NULL,
    direction text NOT NULL,
    day date NOT NULL,
    step_min smallint NOT NULL,
    PRIMARY KEY (prm, direction, day, step_min)
);

CREATE TABLE published_block (
    operation_id text NOT NULL,
    prm text NOT NULL,
    direction text NOT NULL,
    day date NOT NULL,
    step_min smallint NOT NULL,
    revision integer NOT NULL,
    PRIMARY KEY (operation_id, prm, direction, day, step_min, revision)
);

CREATE TABLE published_day (
    operation_id text NOT NULL,
    day date NOT NULL,
    revision integer NOT NULL,
    PRIMARY KEY (operation_id, day)
);
