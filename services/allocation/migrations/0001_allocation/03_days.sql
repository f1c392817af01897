-- How operations want to be shared, and the shares of their days.

CREATE TABLE policy (
    operation_id text PRIMARY KEY CHECK (operation_id ~ '^ACC[0-9]{8}$'),
    notice_days integer NOT NULL CHECK (notice_days >= 0),
    missing_readings text NOT NULL
        CHECK (missing_readings IN ('refuse', 'zero', 'estimate')),
    settle_from text NOT NULL CHECK (settle_from IN ('own_shares', 'dso_results')),
    tolerance_units integer NOT NULL CHECK (tolerance_units >= 0),
    coefficient_decimals integer NOT NULL CHECK (coefficient_decimals BETWEEN 0 AND 7),
    coefficient_step_min integer CHECK (coefficient_step_min > 0),
    -- Never fewer points than the platform's own limit, see domain.keys.policy.
    least_points integer CHECK (least_points >= 3)
);
SELECT audit.watch('policy');

-- Whether coefficients are set after a month or before it: from a month on, until the next choice.
CREATE TABLE coefficient_regime (
    operation_id text NOT NULL CHECK (operation_id ~ '^ACC[0-9]{8}$'),
    from_month text NOT NULL CHECK (from_month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
    regime text NOT NULL CHECK (regime IN ('after_the_month', 'before_the_month')),
    deposit_days integer CHECK (deposit_days BETWEEN 0 AND 60),
    without_deposit text NOT NULL CHECK (without_deposit IN ('last_deposit', 'default_key')),
    automatic_deposit_days integer CHECK (automatic_deposit_days BETWEEN 0 AND 60),
    PRIMARY KEY (operation_id, from_month)
);
SELECT audit.watch('coefficient_regime');

-- Coefficients set before their month: the last entry of a month settles it, unless it withdraws
-- the one before. The content is the file for the DSO; rules: what it was made of.
CREATE TABLE coefficient_deposit (
    operation_id text NOT NULL CHECK (operation_id ~ '^ACC[0-9]{8}$'),
    month text NOT NULL CHECK (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
    number integer NOT NULL CHECK (number > 0),
    kind text NOT NULL CHECK (kind IN ('calendar', 'file', 'forecast', 'withdrawal')),
    deposited_at timestamptz NOT NULL,
    deposited_by text NOT NULL,
    rules jsonb CHECK ((rules IS NOT NULL) = (kind = 'calendar')),
    forecast jsonb CHECK ((forecast IS NOT NULL) = (kind = 'forecast')),
    name text,
    step_min integer CHECK (step_min > 0),
    sha256 text,
    content bytea,
    PRIMARY KEY (operation_id, month, number),
    CONSTRAINT coefficient_deposit_has_a_file CHECK (
        num_nonnulls(name, step_min, sha256, content)
            = CASE kind WHEN 'withdrawal' THEN 0 ELSE 4 END
    ),
    CONSTRAINT coefficient_deposit_withdraws_another CHECK (kind <> 'withdrawal' OR number > 1),
    CONSTRAINT coefficient_deposit_checksum CHECK (sha256 = encode(sha256(content), 'hex')),
    CONSTRAINT coefficient_deposit_before_the_month CHECK (
        deposited_at AT TIME ZONE 'Europe/Paris'
            < make_date(left(month, 4)::integer, right(month, 2)::integer, 1)
    )
);
-- A file is known by its hash.
SELECT audit.watch('coefficient_deposit', silent => '{content}');

CREATE TABLE deposited_coefficient (
    operation_id text NOT NULL,
    month text NOT NULL,
    number integer NOT NULL,
    day date NOT NULL,
    consumer text NOT NULL,
    step_min integer NOT NULL CHECK (step_min > 0),
    share_billionths bigint[] NOT NULL,
    PRIMARY KEY (operation_id, month, number, day, consumer),
    FOREIGN KEY (operation_id, month, number) REFERENCES coefficient_deposit
);

-- That somebody gave a deposit to the DSO: once for each.
CREATE TABLE deposit_submission (
    operation_id text NOT NULL,
    month text NOT NULL,
    number integer NOT NULL,
    sent_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by text NOT NULL,
    note text,
    PRIMARY KEY (operation_id, month, number),
    FOREIGN KEY (operation_id, month, number) REFERENCES coefficient_deposit,
    CONSTRAINT deposit_submission_is_told_afterwards CHECK (sent_at <= recorded_at)
);
SELECT audit.watch('deposit_submission');

-- Operations of whose months to come something else may be true than was told.
CREATE TABLE stale_deposit_months (
    operation_id text PRIMARY KEY,
    marked_at timestamptz NOT NULL DEFAULT now()
);
-- What was told last of a month's deposits; nothing is told of months set after them.
CREATE TABLE told_deposit_month (
    operation_id text NOT NULL,
    month text NOT NULL,
    revision integer NOT NULL CHECK (revision > 0),
    state text NOT NULL,
    last_day date,
    PRIMARY KEY (operation_id, month)
);

CREATE FUNCTION refuse_change_of_deposit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'deposits never change: a later one of the month takes their place'
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER coefficient_deposit_frozen
BEFORE UPDATE OR DELETE OR TRUNCATE ON coefficient_deposit
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_deposit();
CREATE TRIGGER deposited_coefficient_frozen
BEFORE UPDATE OR DELETE OR TRUNCATE ON deposited_coefficient
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_deposit();
CREATE TRIGGER deposit_submission_frozen
BEFORE UPDATE OR DELETE OR TRUNCATE ON deposit_submission
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_deposit();

CREATE TABLE stale_day (
    operation_id text NOT NULL,
    day date NOT NULL,
    marked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (operation_id, day)
);
CREATE INDEX stale_day_turn ON stale_day (marked_at, operation_id, day);

CREATE TABLE day_status (
    operation_id text NOT NULL,
    day date NOT NULL,
    status text NOT NULL CHECK (
        status IN (
            'allocated', 'incomplete', 'no_key', 'key_incomplete', 'failed', 'purged'
        )
    ),
    revision integer NOT NULL CHECK (revision >= 0),
    inputs_hash text,
    production_wmin bigint,
    consumption_wmin bigint,
    allocated_wmin bigint,
    missing jsonb NOT NULL,
    failure text CHECK ((failure IS NOT NULL) = (status = 'failed')),
    estimated jsonb NOT NULL,
    reconstructed jsonb NOT NULL,
    key_missing_steps integer NOT NULL,
    PRIMARY KEY (operation_id, day),
    CONSTRAINT day_status_allocated_has_result CHECK (
        num_nonnulls(inputs_hash, production_wmin, consumption_wmin, allocated_wmin)
            = CASE status WHEN 'allocated' THEN 4 ELSE 0 END
    ),
    CONSTRAINT day_status_conserves_energy CHECK (
        allocated_wmin BETWEEN 0 AND least(production_wmin, consumption_wmin)
    ),
    CHECK ((key_missing_steps > 0) = (status = 'key_incomplete'))
);

-- Which days of a month have each status, and results of the DSO, as bits from the least one, for
-- the first of the month: to count the rows of hundreds of operations' years takes a second.
CREATE TABLE month_days (
    operation_id text NOT NULL,
    month date NOT NULL CHECK (extract(day FROM month) = 1),
    allocated bigint NOT NULL DEFAULT 0,
    incomplete bigint NOT NULL DEFAULT 0,
    no_key bigint NOT NULL DEFAULT 0,
    key_incomplete bigint NOT NULL DEFAULT 0,
    failed bigint NOT NULL DEFAULT 0,
    purged bigint NOT NULL DEFAULT 0,
    dso bigint NOT NULL DEFAULT 0,
    dso_definitive bigint NOT NULL DEFAULT 0 CHECK (dso_definitive & ~dso = 0),
    PRIMARY KEY (operation_id, month)
);

CREATE TABLE point_day (
    operation_id text NOT NULL,
    day date NOT NULL,
    prm text NOT NULL,
    direction text NOT NULL,
    metered_wmin bigint NOT NULL,
    shared_wmin bigint NOT NULL CHECK (shared_wmin BETWEEN 0 AND metered_wmin),
    PRIMARY KEY (operation_id, day, prm, direction)
);

CREATE TABLE share_block (
    operation_id text NOT NULL,
    day date NOT NULL,
    producer text NOT NULL,
    consumer text NOT NULL,
    step_min integer NOT NULL,
    energy_wmin bigint[] NOT NULL,
    day_wmin bigint NOT NULL CHECK (day_wmin > 0),
    PRIMARY KEY (operation_id, day, producer, consumer)
);

-- Of whom the sums of a day were first told to somebody who sees no single curves.
CREATE TABLE told_day (
    operation_id text NOT NULL,
    day date NOT NULL,
    prms text[] NOT NULL,
    PRIMARY KEY (operation_id, day)
);
