-- Invoices and credit notes, what is left of each, and which days are billed.

CREATE TABLE series (
    issuer_id uuid NOT NULL,
    year integer NOT NULL,
    last_number integer NOT NULL,
    last_issue_date date,
    kind text NOT NULL CHECK (kind IN ('invoice', 'credit_note')),
    PRIMARY KEY (issuer_id, kind, year)
);

-- The content is text, not jsonb: its bytes are what the hash vouches for.
CREATE TABLE invoice (
    id uuid PRIMARY KEY,
    operation_id text NOT NULL,
    month text NOT NULL,
    issuer_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    state text NOT NULL CHECK (state IN ('draft', 'issued')),
    year integer,
    sequence integer CHECK (sequence > 0),
    number text,
    issue_date date,
    content text NOT NULL,
    content_hash text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('invoice', 'credit_note')),
    cause text CHECK (cause IN ('replace', 'difference', 'by_hand')),
    period_from date NOT NULL,
    period_to date NOT NULL,
    total_cents bigint NOT NULL,
    CONSTRAINT invoice_issued_has_number CHECK (
        num_nonnulls(year, sequence, number, issue_date)
            = CASE state WHEN 'issued' THEN 4 ELSE 0 END
    ),
    CONSTRAINT invoice_hash_is_of_content CHECK (
        content_hash = encode(sha256(convert_to(content, 'UTF8')), 'hex')
    ),
    CHECK (period_from < period_to),
    CONSTRAINT invoice_credit_has_cause CHECK (kind = 'invoice' OR cause IS NOT NULL),
    CONSTRAINT invoice_number_says_series CHECK (
        number = CASE kind WHEN 'invoice' THEN 'F' ELSE 'A' END || year || '-'
            || lpad(sequence::text, greatest(5, length(sequence::text)), '0')
        AND year = extract(year FROM issue_date)
    ),
    CONSTRAINT invoice_series UNIQUE (issuer_id, kind, year, sequence)
);
CREATE INDEX invoice_operation_month ON invoice (operation_id, month);
-- Lists begin with the newest; drafts have no day, and come first.
CREATE INDEX invoice_newest ON invoice (coalesce(issue_date, '9999-12-31'::date) DESC, id);
CREATE INDEX invoice_newest_of_operation
ON invoice (operation_id, coalesce(issue_date, '9999-12-31'::date) DESC, id);
CREATE INDEX invoice_newest_of_customer
ON invoice (customer_id, coalesce(issue_date, '9999-12-31'::date) DESC, id);
CREATE INDEX invoice_newest_of_issuer
ON invoice (issuer_id, coalesce(issue_date, '9999-12-31'::date) DESC, id);
CREATE INDEX invoice_number ON invoice (number);
-- With state, so that documents of hundreds of operations' years are counted by it alone.
CREATE INDEX invoice_period ON invoice (operation_id, period_from, period_to, state);

CREATE FUNCTION refuse_change_of_issued_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'invoice % is issued: it never changes', OLD.id
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER invoice_frozen BEFORE UPDATE OR DELETE ON invoice
FOR EACH ROW WHEN (OLD.state = 'issued')
EXECUTE FUNCTION refuse_change_of_issued_invoice();

-- The database itself reads what it is given to keep: whoever issues, nothing is credited twice.
CREATE FUNCTION post_issued_document() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    content_json jsonb := NEW.content::jsonb;
    line record;
BEGIN
    IF NEW.total_cents <> (content_json ->> 'total_incl_vat_cents')::bigint THEN
        RAISE EXCEPTION 'the total of document % is not that of its content', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;

    INSERT INTO document_link (document_id, refers_to)
    SELECT DISTINCT NEW.id, (reference ->> 'id')::uuid
    FROM jsonb_array_elements(content_json -> 'refers_to') AS reference;

    IF NEW.kind = 'invoice' THEN
        INSERT INTO invoice_balance
            (document_id, operation_id, period_from, period_to, total_cents)
        VALUES (NEW.id, NEW.operation_id, NEW.period_from, NEW.period_to,
            (content_json ->> 'total_incl_vat_cents')::bigint);
        INSERT INTO line_balance (document_id, position, energy_wmin, amount_cents)
        SELECT NEW.id, position,
            (line_content ->> 'energy_wmin')::bigint, (line_content ->> 'amount_cents')::bigint
        FROM jsonb_array_elements(content_json -> 'lines')
            WITH ORDINALITY AS lines (line_content, position);
        RETURN NULL;
    END IF;

    UPDATE invoice_balance
    SET credited_cents = credited_cents + (content_json ->> 'total_incl_vat_cents')::bigint
    FROM invoice AS original
    WHERE document_id = (content_json -> 'refers_to' -> 0 ->> 'id')::uuid
        AND original.id = document_id
        AND (original.issuer_id, original.customer_id)
            = (NEW.issuer_id, NEW.customer_id);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'credit note % is of no issued invoice of its parties', NEW.id
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    FOR line IN
        SELECT line_content
        FROM jsonb_array_elements(content_json -> 'lines') AS lines (line_content)
    LOOP
        UPDATE line_balance
        SET credited_wmin = credited_wmin + (line.line_content ->> 'energy_wmin')::bigint,
            credited_cents = credited_cents + (line.line_content ->> 'amount_cents')::bigint
        WHERE document_id = (line.line_content -> 'corrects' ->> 'document_id')::uuid
            AND document_id = (content_json -> 'refers_to' -> 0 ->> 'id')::uuid
            AND position = (line.line_content -> 'corrects' ->> 'position')::integer;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'a line of credit note % takes back no line', NEW.id
                USING ERRCODE = 'foreign_key_violation';
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;
CREATE TRIGGER invoice_posted AFTER INSERT OR UPDATE ON invoice
FOR EACH ROW WHEN (NEW.state = 'issued')
EXECUTE FUNCTION post_issued_document();
-- Who issued one; and credit notes by hand. Other drafts follow from what is watched.
CREATE TRIGGER noted AFTER UPDATE ON invoice
FOR EACH ROW WHEN (current_setting('audit.subject', true) <> '')
EXECUTE FUNCTION audit.note_change('{id}', '{content}');
CREATE TRIGGER noted_by_hand AFTER INSERT ON invoice
FOR EACH ROW WHEN (NEW.cause = 'by_hand')
EXECUTE FUNCTION audit.note_change('{id}', '{content}');
CREATE TRIGGER noted_withdrawn AFTER DELETE ON invoice
FOR EACH ROW WHEN (OLD.cause = 'by_hand')
EXECUTE FUNCTION audit.note_change('{id}', '{content}');

CREATE TABLE document (
    invoice_id uuid NOT NULL REFERENCES invoice,
    language text NOT NULL CHECK (language IN ('fr', 'en')),
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    byte_count integer NOT NULL CHECK (byte_count > 0),
    template_version integer NOT NULL CHECK (template_version > 0),
    PRIMARY KEY (invoice_id, language)
);

CREATE FUNCTION refuse_change_of_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the document of invoice % is kept: it never changes', OLD.invoice_id
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER document_frozen BEFORE UPDATE OR DELETE ON document
FOR EACH ROW EXECUTE FUNCTION refuse_change_of_document();

CREATE TABLE invoice_balance (
    document_id uuid PRIMARY KEY REFERENCES invoice,
    operation_id text NOT NULL,
    period_from date NOT NULL,
    period_to date NOT NULL,
    total_cents bigint NOT NULL,
    credited_cents bigint NOT NULL DEFAULT 0,
    CONSTRAINT credit_within_invoice CHECK (
        credited_cents BETWEEN least(total_cents, 0) AND greatest(total_cents, 0)
    )
);
-- Sums of hundreds of operations' years are read from it alone.
CREATE INDEX invoice_balance_period ON invoice_balance (operation_id, period_from, period_to)
INCLUDE (total_cents, credited_cents);

-- An amount may be negative (a discount): then so is what is taken back of it.
CREATE TABLE line_balance (
    document_id uuid REFERENCES invoice,
    position integer,
    energy_wmin bigint NOT NULL,
    amount_cents bigint NOT NULL,
    credited_wmin bigint NOT NULL DEFAULT 0,
    credited_cents bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (document_id, position),
    CONSTRAINT credit_within_line CHECK (
        credited_wmin BETWEEN least(energy_wmin, 0) AND greatest(energy_wmin, 0)
        AND credited_cents BETWEEN least(amount_cents, 0) AND greatest(amount_cents, 0)
    )
);

CREATE TABLE document_link (
    document_id uuid REFERENCES invoice,
    refers_to uuid REFERENCES invoice,
    PRIMARY KEY (document_id, refers_to)
);
CREATE INDEX document_link_back ON document_link (refers_to);

-- Ranges of one number stand for equality, which GiST has for scalars only with btree_gist.
CREATE TABLE billed (
    document_id uuid NOT NULL REFERENCES invoice,
    producer text NOT NULL CHECK (producer ~ '^[0-9]{14}$'),
    consumer text NOT NULL CHECK (consumer ~ '^[0-9]{14}$'),
    days datemultirange NOT NULL CHECK (NOT isempty(days)),
    PRIMARY KEY (document_id, producer, consumer),
    CONSTRAINT billed_once EXCLUDE USING gist (
        int8range(producer::bigint, producer::bigint, '[]') WITH &&,
        int8range(consumer::bigint, consumer::bigint, '[]') WITH &&,
        days WITH &&
    )
);
