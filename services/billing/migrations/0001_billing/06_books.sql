-- The books of each seller: entries in double entry, which only grow and always balance.

CREATE TABLE books (
    owner_id uuid PRIMARY KEY,
    accounts jsonb NOT NULL,
    fiscal_year_end_month smallint NOT NULL CHECK (fiscal_year_end_month BETWEEN 1 AND 12)
);
SELECT audit.watch('books');

CREATE TABLE entry_series (
    owner_id uuid NOT NULL,
    fiscal_year integer NOT NULL,
    last_number integer NOT NULL,
    PRIMARY KEY (owner_id, fiscal_year)
);

CREATE TABLE party_account (
    owner_id uuid NOT NULL,
    party_id uuid NOT NULL,
    number integer NOT NULL CHECK (number > 0),
    PRIMARY KEY (owner_id, party_id),
    CONSTRAINT party_account_number UNIQUE (owner_id, number)
);

CREATE TABLE journal_entry (
    id uuid PRIMARY KEY,
    owner_id uuid NOT NULL,
    fiscal_year integer NOT NULL,
    number integer NOT NULL CHECK (number > 0),
    journal text NOT NULL CHECK (journal IN ('VE', 'BQ', 'OD', 'AN')),
    day date NOT NULL,
    piece_ref text NOT NULL,
    piece_day date NOT NULL,
    label text NOT NULL,
    source_kind text NOT NULL,
    source_id uuid NOT NULL,
    line_count integer NOT NULL CHECK (line_count >= 2),
    total_cents bigint NOT NULL CHECK (total_cents > 0),
    validated_on date NOT NULL,
    CONSTRAINT journal_entry_number UNIQUE (owner_id, fiscal_year, number),
    -- In this order one finds the entries of a source whose owners one does not know.
    CONSTRAINT journal_entry_source UNIQUE (source_id, source_kind, owner_id)
);

CREATE FUNCTION refuse_change_of_books() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'books only grow: reverse an entry by another one'
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER journal_entry_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_entry
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_books();

-- At the end of the transaction: lines come after their entry.
CREATE FUNCTION check_entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    lines bigint;
    debits numeric;
    credits numeric;
BEGIN
    SELECT count(*), sum(debit_cents), sum(credit_cents) INTO lines, debits, credits
    FROM journal_line WHERE entry_id = NEW.id;
    IF (lines, debits, credits)
        IS DISTINCT FROM (NEW.line_count::bigint, NEW.total_cents::numeric,
            NEW.total_cents::numeric)
    THEN
        RAISE EXCEPTION 'entry % does not balance: % lines, debits %, credits %',
            NEW.id, lines, debits, credits USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER journal_entry_balances AFTER INSERT ON journal_entry
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION check_entry_balances();

CREATE FUNCTION refuse_entry_of_closed_year() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM added JOIN fiscal_year_closing AS closed USING (owner_id)
        WHERE added.fiscal_year <= closed.fiscal_year
    ) THEN
        RAISE EXCEPTION 'the fiscal year is closed: it takes no more entries'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER journal_entry_is_of_open_year AFTER INSERT ON journal_entry
REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION refuse_entry_of_closed_year();
-- Other entries follow from what is watched.
CREATE TRIGGER noted AFTER INSERT ON journal_entry
FOR EACH ROW WHEN (NEW.source_kind = 'set_off')
EXECUTE FUNCTION audit.note_change('{id}', '{}');

CREATE TABLE journal_line (
    entry_id uuid NOT NULL REFERENCES journal_entry (id),
    position integer NOT NULL CHECK (position > 0),
    account text NOT NULL CHECK (account ~ '^[0-9]{3,16}$'),
    account_label text NOT NULL,
    party_id uuid,
    party_name text,
    invoice_id uuid,
    debit_cents bigint NOT NULL,
    credit_cents bigint NOT NULL,
    PRIMARY KEY (entry_id, position),
    CONSTRAINT journal_line_party CHECK (num_nonnulls(party_id, party_name) IN (0, 2)),
    CONSTRAINT journal_line_has_one_side CHECK (
        least(debit_cents, credit_cents) = 0 AND greatest(debit_cents, credit_cents) > 0
    )
);
CREATE INDEX journal_line_invoice ON journal_line (invoice_id) WHERE invoice_id IS NOT NULL;
CREATE TRIGGER journal_line_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_line
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_books();

-- An entry says how many lines it has: none is added later, even if they balance.
CREATE FUNCTION refuse_line_too_many() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.position > (SELECT line_count FROM journal_entry WHERE id = NEW.entry_id) THEN
        RAISE EXCEPTION 'entry % is complete: it takes no more lines', NEW.entry_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER journal_line_fits BEFORE INSERT ON journal_line
FOR EACH ROW EXECUTE FUNCTION refuse_line_too_many();

CREATE TABLE fiscal_year_closing (
    owner_id uuid NOT NULL,
    fiscal_year integer NOT NULL,
    closed_on date NOT NULL,
    result_cents bigint NOT NULL,
    PRIMARY KEY (owner_id, fiscal_year)
);
CREATE TRIGGER fiscal_year_closing_only_grows
BEFORE UPDATE OR DELETE OR TRUNCATE ON fiscal_year_closing
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_books();
SELECT audit.watch('fiscal_year_closing');

CREATE TABLE write_off (
    id uuid PRIMARY KEY,
    invoice_id uuid NOT NULL REFERENCES invoice (id),
    kind text NOT NULL CHECK (kind IN ('doubtful', 'lost')),
    amount_cents bigint NOT NULL CHECK (amount_cents > 0),
    day date NOT NULL,
    reason text NOT NULL CHECK (length(reason) > 0)
);
CREATE INDEX write_off_invoice ON write_off (invoice_id);
CREATE INDEX write_off_day ON write_off (day);
SELECT audit.watch('write_off');
