-- What is asked for again, and what is asked of the DSO's APIs.

CREATE TABLE re_request (
    id uuid PRIMARY KEY,
    operation_id text NOT NULL,
    prm text NOT NULL,
    direction text NOT NULL,
    from_day date NOT NULL,
    to_day date NOT NULL,
    flow text NOT NULL,
    status text NOT NULL
        CHECK (status IN ('waiting', 'resolved', 'withdrawn', 'given_up')),
    asked_by text NOT NULL,
    created_at timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    last_attempt_at timestamptz,
    last_problem text,
    next_attempt_at timestamptz,
    closed_at timestamptz,
    CHECK (from_day < to_day),
    CHECK ((status = 'waiting') = (closed_at IS NULL))
);
CREATE INDEX re_request_waiting ON re_request (prm, direction) WHERE status = 'waiting';
CREATE INDEX re_request_due ON re_request (flow, next_attempt_at)
WHERE status = 'waiting';
CREATE INDEX re_request_operation ON re_request (operation_id, from_day);
-- What the service does to these by itself is their own history (ADR 0019).
SELECT audit.watch('re_request', people_only => true);

CREATE TABLE pull_source (
    source text PRIMARY KEY,
    next_at timestamptz NOT NULL,
    full_at timestamptz NOT NULL,
    planned_to date,
    problem text,
    problem_since timestamptz,
    CHECK ((problem IS NULL) = (problem_since IS NULL))
);

CREATE TABLE pull_job (
    id uuid PRIMARY KEY,
    source text NOT NULL,
    resource text NOT NULL,
    operation_id text,
    prm text,
    direction text,
    from_day date NOT NULL,
    to_day date NOT NULL,
    asked_by text NOT NULL,
    re_request_id uuid REFERENCES re_request,
    state text NOT NULL
        CHECK (state IN ('waiting', 'done', 'refused', 'failed', 'withdrawn')),
    created_at timestamptz NOT NULL,
    attempts integer NOT NULL,
    next_attempt_at timestamptz,
    last_problem text,
    body_sha256 text,
    delivery_id uuid REFERENCES delivery,
    closed_at timestamptz,
    CHECK (from_day < to_day),
    CHECK ((state = 'waiting') = (closed_at IS NULL)),
    CHECK ((state = 'waiting') = (next_attempt_at IS NOT NULL))
);
-- A question that waits is not asked twice.
CREATE UNIQUE INDEX pull_job_waiting ON pull_job (
    source, resource, operation_id, prm, direction, from_day, to_day
) NULLS NOT DISTINCT WHERE state = 'waiting';
CREATE INDEX pull_job_due ON pull_job (source, next_attempt_at) WHERE state = 'waiting';
-- The same answer to the same question is one delivery.
CREATE INDEX pull_job_answer ON pull_job (body_sha256) WHERE body_sha256 IS NOT NULL;
CREATE INDEX pull_job_point ON pull_job (prm, source, closed_at);
CREATE INDEX pull_job_re_request ON pull_job (re_request_id);
CREATE INDEX pull_job_newest ON pull_job (created_at);
-- What the service does to these by itself is their own history (ADR 0019).
SELECT audit.watch('pull_job', people_only => true);
