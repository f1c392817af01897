-- Months that were settled, what they are made of, and the coefficients that were sent.

-- The content is text, not jsonb: its bytes are what the hash vouches for.
CREATE TABLE settlement (
    operation_id text NOT NULL,
    month text NOT NULL,
    number integer NOT NULL CHECK (number > 0),
    status text NOT NULL CHECK (status IN ('provisional', 'definitive')),
    closed_at timestamptz NOT NULL,
    revisions jsonb NOT NULL,
    content text NOT NULL,
    content_hash text NOT NULL,
    -- Names of rows of settlement_input, by what they are of.
    inputs jsonb NOT NULL,
    PRIMARY KEY (operation_id, month, number),
    CONSTRAINT settlement_hash_is_of_content CHECK (
        content_hash = encode(sha256(convert_to(content, 'UTF8')), 'hex')
    )
);

CREATE FUNCTION refuse_change_of_settlement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'settlements never change: a new one supersedes them'
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER settlement_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON settlement
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_settlement();
-- What the service does by itself is in the rows, which never change or are numbered.
SELECT audit.watch('settlement', silent => '{content,inputs,revisions}', people_only => true);

CREATE TABLE settlement_input (
    hash text PRIMARY KEY CHECK (hash ~ '^[0-9a-f]{64}$'),
    content bytea NOT NULL
);
-- It is compressed already.
ALTER TABLE settlement_input ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE TRIGGER settlement_input_frozen BEFORE UPDATE OR DELETE OR TRUNCATE
ON settlement_input
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_settlement();

CREATE TABLE stale_settlement (
    operation_id text NOT NULL,
    month text NOT NULL,
    marked_at timestamptz NOT NULL DEFAULT now(),
    refusal jsonb,
    PRIMARY KEY (operation_id, month)
);
CREATE INDEX stale_settlement_turn ON stale_settlement (marked_at, operation_id, month)
WHERE refusal IS NULL;

CREATE TABLE coefficient_submission (
    operation_id text NOT NULL,
    month text NOT NULL,
    number integer NOT NULL CHECK (number > 0),
    sent_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by text NOT NULL,
    note text,
    name text NOT NULL,
    media_type text NOT NULL,
    sha256 text NOT NULL,
    files jsonb NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (operation_id, month, number),
    CONSTRAINT coefficient_submission_checksum CHECK (
        sha256 = encode(sha256(content), 'hex')
    )
);

CREATE FUNCTION refuse_change_of_submission() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'submissions never change: what was sent was sent'
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER coefficient_submission_frozen
BEFORE UPDATE OR DELETE OR TRUNCATE ON coefficient_submission
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_submission();
-- A file is known by its hash.
SELECT audit.watch('coefficient_submission', silent => '{content,files}');
