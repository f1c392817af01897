-- Where customers want their invoices, what is sent to platforms, and what became of it.

CREATE TABLE customer_routing (
    member_id uuid PRIMARY KEY,
    siret text CHECK (siret ~ '^[0-9]{14}$'),
    service_code text CHECK (length(service_code) BETWEEN 1 AND 100),
    commitment_number text CHECK (length(commitment_number) BETWEEN 1 AND 50)
);
SELECT audit.watch('customer_routing');

CREATE TABLE e_report (
    id uuid PRIMARY KEY,
    issuer_id uuid NOT NULL,
    period text NOT NULL,
    period_from date NOT NULL,
    period_to date NOT NULL,
    number integer NOT NULL CHECK (number >= 1),
    content text NOT NULL,
    content_hash text NOT NULL
        CHECK (content_hash = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
    closed_at timestamptz NOT NULL,
    CHECK (period_from < period_to),
    CONSTRAINT e_report_number UNIQUE (issuer_id, period_from, number)
);

CREATE FUNCTION refuse_change_of_submitted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was reported or submitted is kept: % only grows', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER e_report_only_grows BEFORE UPDATE OR DELETE ON e_report
FOR EACH ROW EXECUTE FUNCTION refuse_change_of_submitted();
-- It is known by its hash.
SELECT audit.watch('e_report', silent => '{content}');

-- One for each document, and for each report: submitted again, it is the same one.
CREATE TABLE submission (
    id uuid PRIMARY KEY,
    channel text NOT NULL CHECK (channel IN ('b2b', 'b2g', 'b2c')),
    issuer_id uuid NOT NULL,
    invoice_id uuid REFERENCES invoice,
    e_report_id uuid REFERENCES e_report,
    state text NOT NULL,
    why text NOT NULL,
    created_at timestamptz NOT NULL,
    next_at timestamptz,
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    looks integer NOT NULL DEFAULT 0 CHECK (looks >= 0),
    platform text,
    receipt text,
    sent jsonb,
    CONSTRAINT submission_of_one_thing CHECK (
        (channel = 'b2c') = (e_report_id IS NOT NULL)
        AND (channel = 'b2c') = (invoice_id IS NULL)
    ),
    CONSTRAINT submission_goes_on CHECK (
        (state IN ('queued', 'sending', 'deposited')) = (next_at IS NOT NULL)
    ),
    CONSTRAINT submission_deposited_has_receipt CHECK (
        state NOT IN ('deposited', 'delivered') OR receipt IS NOT NULL
    ),
    CONSTRAINT submission_invoice UNIQUE (invoice_id),
    CONSTRAINT submission_e_report UNIQUE (e_report_id)
);
CREATE INDEX submission_issuer ON submission (issuer_id, created_at);
CREATE INDEX submission_due ON submission (next_at) WHERE next_at IS NOT NULL;
-- What the service does to these by itself follows from what somebody said.
SELECT audit.watch(
    'submission', silent => '{attempts,looks,next_at,receipt,sent}', people_only => true
);

CREATE TABLE submission_event (
    submission_id uuid NOT NULL REFERENCES submission,
    number integer NOT NULL CHECK (number >= 1),
    at timestamptz NOT NULL,
    state text NOT NULL,
    platform_code text,
    reason text,
    PRIMARY KEY (submission_id, number)
);
CREATE TRIGGER submission_event_only_grows BEFORE UPDATE OR DELETE ON submission_event
FOR EACH ROW EXECUTE FUNCTION refuse_change_of_submitted();
