-- Revisions of settlements, what follows from them, and runs.

CREATE TABLE correction_policy (
    operation_id text PRIMARY KEY CHECK (operation_id ~ '^ACC[0-9]{8}$'),
    policy text NOT NULL CHECK (policy IN ('replace', 'difference'))
);
SELECT audit.watch('correction_policy');

-- Made anew with the drafts of the month.
CREATE TABLE withheld_correction (
    operation_id text NOT NULL,
    month text NOT NULL,
    issuer_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    difference_cents bigint NOT NULL,
    PRIMARY KEY (operation_id, month, issuer_id, customer_id)
);

CREATE TABLE revision (
    operation_id text NOT NULL,
    month text NOT NULL,
    number integer NOT NULL,
    supersedes integer NOT NULL,
    parts integer NOT NULL CHECK (parts > 0),
    arrived integer[] NOT NULL,
    asked integer NOT NULL DEFAULT 0,
    drafted_at timestamptz,
    refusal jsonb,
    PRIMARY KEY (operation_id, month, number)
);
CREATE INDEX revision_due ON revision (operation_id, month)
WHERE drafted_at IS NULL AND refusal IS NULL;

CREATE TABLE run (
    id uuid PRIMARY KEY,
    operation_id text NOT NULL CHECK (operation_id ~ '^ACC[0-9]{8}$'),
    period text NOT NULL,
    state text NOT NULL
        CHECK (state IN ('waiting', 'review', 'blocked', 'issuing', 'issued', 'failed')),
    created_at timestamptz NOT NULL,
    created_by text NOT NULL,
    changed_at timestamptz NOT NULL,
    issue_date date,
    document_ids uuid[] NOT NULL,
    anomalies jsonb NOT NULL,
    problem jsonb
);
CREATE INDEX run_operation ON run (operation_id, created_at);
CREATE INDEX run_due ON run (changed_at) WHERE state IN ('waiting', 'issuing');
SELECT audit.watch('run', silent => '{anomalies,changed_at,document_ids}');
