-- What members allow, who was shown what is kept of them, and who was erased.

-- Rows are only added, and withdrawn once: this is the proof of what was allowed and when.
CREATE TABLE consent (
    id uuid PRIMARY KEY,
    member_id uuid NOT NULL REFERENCES member,
    prm text NOT NULL REFERENCES point,
    purpose text NOT NULL CHECK (purpose IN ('collection', 'display', 'challenge')),
    granularity text NOT NULL CHECK (granularity IN ('load_curve', 'daily')),
    answer text NOT NULL CHECK (answer IN ('granted', 'refused')),
    valid_from date NOT NULL,
    valid_to date NOT NULL CHECK (valid_to > valid_from),
    proof_reference text,
    proof_sha256 text CHECK (proof_sha256 ~ '^[0-9a-f]{64}$'),
    recorded_at timestamptz NOT NULL,
    recorded_by text NOT NULL,
    withdrawn_on date,
    withdrawn_at timestamptz,
    withdrawn_by text,
    CHECK ((proof_reference IS NULL) = (proof_sha256 IS NULL)),
    CHECK (num_nulls(withdrawn_on, withdrawn_at, withdrawn_by) IN (0, 3))
);
CREATE INDEX consent_member ON consent (member_id);
CREATE INDEX consent_prm ON consent (prm);
SELECT audit.watch('consent');

CREATE TABLE member_access (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    read_at timestamptz NOT NULL DEFAULT now(),
    subject text NOT NULL,
    role text NOT NULL CHECK (role IN ('operator', 'organiser')),
    route text NOT NULL,
    member_ids uuid[] NOT NULL CHECK (cardinality(member_ids) > 0)
);
CREATE INDEX member_access_members ON member_access USING gin (member_ids);
CREATE INDEX member_access_read_at ON member_access (read_at);

CREATE TABLE erasure (
    member_id uuid PRIMARY KEY REFERENCES member,
    requested_at timestamptz NOT NULL,
    requested_by text NOT NULL,
    executed_at timestamptz,
    executed_by text,
    erased jsonb,
    kept jsonb,
    republished_at timestamptz,
    CHECK (num_nulls(executed_at, executed_by, erased, kept) IN (0, 4))
);
CREATE INDEX erasure_published_once ON erasure (executed_at)
WHERE executed_at IS NOT NULL AND republished_at IS NULL;
SELECT audit.watch('erasure');
