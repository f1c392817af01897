-- Challenges: what to change, who takes part, and what they have come to.

CREATE TABLE challenge (
    id uuid PRIMARY KEY,
    operation_id text NOT NULL REFERENCES operation,
    title text NOT NULL CHECK (title !~ '[\r\n]'),
    text text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('use_more', 'use_less', 'local_share')),
    first_day date NOT NULL,
    last_day date NOT NULL CHECK (last_day >= first_day),
    windows jsonb NOT NULL,
    weekdays text[] NOT NULL,
    target_percent smallint NOT NULL CHECK (target_percent > 0),
    baseline_weeks smallint NOT NULL CHECK (baseline_weeks > 0),
    freeze_after_days smallint NOT NULL CHECK (freeze_after_days >= 0),
    state text NOT NULL CHECK (state IN ('draft', 'announced', 'cancelled', 'frozen')),
    drafted_at timestamptz NOT NULL,
    drafted_by text NOT NULL,
    announced_at timestamptz,
    cancelled_at timestamptz,
    cancelled_reason text,
    midway_at timestamptz,
    frozen_at timestamptz,
    revision integer NOT NULL DEFAULT 0,
    perimeter_revision integer NOT NULL DEFAULT 0,
    group_effort_percent integer,
    CHECK ((state = 'draft') = (announced_at IS NULL)),
    CHECK ((state = 'frozen') = (frozen_at IS NOT NULL)),
    CHECK (state = 'frozen' OR group_effort_percent IS NULL),
    CHECK (
        num_nulls(cancelled_at, cancelled_reason)
        = CASE WHEN state = 'cancelled' THEN 0 ELSE 2 END
    )
);
CREATE INDEX challenge_operation ON challenge (operation_id, first_day, id);
CREATE INDEX challenge_running ON challenge (id) WHERE state = 'announced';

-- Who opted in agreed to this; and a result that is final is not made again.
CREATE FUNCTION keep_challenge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' AND (
        NEW.state = 'draft'
        OR OLD.state IN ('cancelled', 'frozen') AND NEW.state <> OLD.state
        OR OLD.state = 'frozen'
            AND NEW.group_effort_percent IS DISTINCT FROM OLD.group_effort_percent
        OR (NEW.operation_id, NEW.title, NEW.text, NEW.kind, NEW.first_day, NEW.last_day,
            NEW.windows, NEW.weekdays, NEW.target_percent, NEW.baseline_weeks,
            NEW.freeze_after_days)
            IS DISTINCT FROM
            (OLD.operation_id, OLD.title, OLD.text, OLD.kind, OLD.first_day, OLD.last_day,
            OLD.windows, OLD.weekdays, OLD.target_percent, OLD.baseline_weeks,
            OLD.freeze_after_days)
    ) THEN
        RAISE EXCEPTION 'a challenge that was announced stays as it is'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER challenge_kept BEFORE UPDATE ON challenge
FOR EACH ROW EXECUTE FUNCTION keep_challenge();
SELECT audit.watch('challenge', silent => '{revision,perimeter_revision}');

CREATE TABLE challenge_entry (
    id uuid PRIMARY KEY,
    challenge_id uuid NOT NULL REFERENCES challenge,
    prm text NOT NULL REFERENCES point,
    member_id uuid NOT NULL REFERENCES member,
    consent_id uuid NOT NULL REFERENCES consent,
    shown_as text CHECK (shown_as !~ '[\r\n]'),
    entered_at timestamptz NOT NULL,
    outcome text CHECK (outcome IN ('measured', 'not_yet', 'no_baseline')),
    effort_permille integer,
    UNIQUE (challenge_id, prm, member_id),
    CHECK ((effort_permille IS NOT NULL) = (outcome IS NOT DISTINCT FROM 'measured'))
);
CREATE INDEX challenge_entry_member ON challenge_entry (member_id);
CREATE INDEX challenge_entry_consent ON challenge_entry (consent_id);

CREATE FUNCTION keep_challenge_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.outcome IS NOT NULL AND NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'a result that is final is only deleted'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER challenge_entry_kept BEFORE UPDATE ON challenge_entry
FOR EACH ROW EXECUTE FUNCTION keep_challenge_entry();
-- What is purged must not live on in lines about it.
SELECT audit.watch(
    'challenge_entry', silent => '{shown_as,outcome,effort_permille}', people_only => true
);

CREATE TABLE challenge_measure (
    entry_id uuid PRIMARY KEY REFERENCES challenge_entry ON DELETE CASCADE,
    revision integer NOT NULL CHECK (revision > 0),
    days jsonb NOT NULL
);
