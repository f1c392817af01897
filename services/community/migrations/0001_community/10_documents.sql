-- Documents of operations: versions that stay, and what became of each.

CREATE TABLE document (
    id uuid PRIMARY KEY,
    operation_id text NOT NULL REFERENCES operation,
    kind text NOT NULL CHECK (
        kind IN ('convention', 'participation_agreement', 'sale_contract',
            'invoicing_mandate', 'supply_authorisation')
    ),
    title text NOT NULL,
    member_id uuid REFERENCES member,
    valid_from date NOT NULL,
    valid_to date,
    recorded_at timestamptz NOT NULL,
    recorded_by text NOT NULL,
    CHECK ((kind = 'convention') = (member_id IS NULL)),
    CHECK (valid_to > valid_from)
);
CREATE INDEX document_operation ON document (operation_id, id);
CREATE INDEX document_member ON document (member_id);
-- For reminders, which are looked for each second.
CREATE INDEX document_end ON document (valid_to) WHERE valid_to IS NOT NULL;
SELECT audit.watch('document');

CREATE TABLE document_version (
    document_id uuid NOT NULL REFERENCES document,
    number integer NOT NULL CHECK (number > 0),
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    media_type text NOT NULL,
    byte_count integer NOT NULL CHECK (byte_count > 0),
    uploaded_at timestamptz NOT NULL,
    uploaded_by text NOT NULL,
    PRIMARY KEY (document_id, number)
);

CREATE FUNCTION keep_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'versions of documents and their signatures are only added'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER document_version_kept BEFORE UPDATE OR TRUNCATE ON document_version
FOR EACH STATEMENT EXECUTE FUNCTION keep_document();

-- A document of which no version was ever signed may go, with the member whom it names.
CREATE FUNCTION keep_signed_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM document_signature
        WHERE document_id = OLD.document_id AND state = 'signed'
    ) THEN
        RAISE EXCEPTION 'versions of signed documents and their signatures are only added'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER document_version_signed BEFORE DELETE ON document_version
FOR EACH ROW EXECUTE FUNCTION keep_signed_document();
SELECT audit.watch('document_version');

CREATE TABLE document_signature (
    document_id uuid NOT NULL,
    version integer NOT NULL,
    state text NOT NULL CHECK (state IN ('sent', 'signed', 'declined')),
    day date NOT NULL,
    party text NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by text NOT NULL,
    PRIMARY KEY (document_id, version, state),
    FOREIGN KEY (document_id, version) REFERENCES document_version (document_id, number)
);
-- A version is signed or declined, once.
CREATE UNIQUE INDEX document_signature_end ON document_signature (document_id, version)
WHERE state IN ('signed', 'declined');
CREATE TRIGGER document_signature_kept BEFORE UPDATE OR TRUNCATE ON document_signature
FOR EACH STATEMENT EXECUTE FUNCTION keep_document();
CREATE TRIGGER document_signature_signed BEFORE DELETE ON document_signature
FOR EACH ROW EXECUTE FUNCTION keep_signed_document();
SELECT audit.watch('document_signature');

-- Once for each end: if it is moved, they are reminded again.
CREATE TABLE document_reminder (
    document_id uuid NOT NULL REFERENCES document,
    valid_to date NOT NULL,
    reminded_at timestamptz NOT NULL,
    PRIMARY KEY (document_id, valid_to)
);
