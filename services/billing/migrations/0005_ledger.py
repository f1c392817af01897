"""The books of each seller: entries in double entry, which only grow and always balance."""

from alembic import op

revision = "billing_0005"
down_revision = "billing_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_books()
    _create_entries()
    _only_grow()
    _always_balance()
    _enter_what_is_issued()


def _create_books() -> None:
    op.execute("""
        CREATE TABLE books (
            owner_id uuid PRIMARY KEY,
            accounts jsonb NOT NULL,
            fiscal_year_end_month smallint NOT NULL CHECK (fiscal_year_end_month BETWEEN 1 AND 12)
        )
    """)
    op.execute("""
        CREATE TABLE entry_series (
            owner_id uuid NOT NULL,
            fiscal_year integer NOT NULL,
            last_number integer NOT NULL,
            PRIMARY KEY (owner_id, fiscal_year)
        )
    """)
    op.execute("""
        CREATE TABLE party_account (
            owner_id uuid NOT NULL,
            party_id uuid NOT NULL,
            number integer NOT NULL CHECK (number > 0),
            PRIMARY KEY (owner_id, party_id),
            CONSTRAINT party_account_number UNIQUE (owner_id, number)
        )
    """)


def _create_entries() -> None:
    op.execute("""
        CREATE TABLE journal_entry (
            id uuid PRIMARY KEY,
            owner_id uuid NOT NULL,
            fiscal_year integer NOT NULL,
            number integer NOT NULL CHECK (number > 0),
            journal text NOT NULL CHECK (journal IN ('VE', 'BQ', 'OD')),
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
            CONSTRAINT journal_entry_source UNIQUE (owner_id, source_kind, source_id)
        )
    """)
    op.execute("""
        CREATE TABLE journal_line (
            entry_id uuid NOT NULL REFERENCES journal_entry (id),
            position smallint NOT NULL CHECK (position > 0),
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
        )
    """)
    op.execute(
        "CREATE INDEX journal_line_invoice ON journal_line (invoice_id)"
        " WHERE invoice_id IS NOT NULL"
    )


def _only_grow() -> None:
    op.execute("""
        CREATE FUNCTION refuse_change_of_books() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'books only grow: reverse an entry by another one'
                USING ERRCODE = 'restrict_violation';
        END
        $$
    """)
    for table in ("journal_entry", "journal_line"):
        op.execute(f"""
            CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_books()
        """)
    # An entry says how many lines it has: none is added later, even if they balance.
    op.execute("""
        CREATE FUNCTION refuse_line_too_many() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.position > (SELECT line_count FROM journal_entry WHERE id = NEW.entry_id) THEN
                RAISE EXCEPTION 'entry % is complete: it takes no more lines', NEW.entry_id
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END
        $$
    """)
    op.execute("""
        CREATE TRIGGER journal_line_fits BEFORE INSERT ON journal_line
        FOR EACH ROW EXECUTE FUNCTION refuse_line_too_many()
    """)


def _always_balance() -> None:
    # At the end of the transaction: lines come after their entry.
    op.execute("""
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
        $$
    """)
    op.execute("""
        CREATE CONSTRAINT TRIGGER journal_entry_balances AFTER INSERT ON journal_entry
        DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION check_entry_balances()
    """)


def _enter_what_is_issued() -> None:
    """Enter the invoices that were issued before there were books, in the order of their numbers.

    With the accounts of the beginning; an invoice that comes to nothing has no entry.
    """
    op.execute("""
        CREATE TEMPORARY TABLE issued ON COMMIT DROP AS
        SELECT id, issuer_id, customer_id, year, number, issue_date,
            content::jsonb #>> '{customer,name}' AS customer_name,
            row_number() OVER (PARTITION BY issuer_id, year ORDER BY sequence) AS entry_number,
            content::jsonb AS content,
            (
                SELECT coalesce(sum((tax ->> 'amount_cents')::bigint), 0)::bigint
                FROM jsonb_array_elements(content::jsonb -> 'taxes') AS tax
            ) AS taxes_cents
        FROM invoice
        WHERE state = 'issued' AND (
            content::jsonb ->> 'total_incl_vat_cents' <> '0'
            OR content::jsonb ->> 'total_excl_vat_cents' <> '0'
        )
    """)
    op.execute("""
        CREATE TEMPORARY TABLE amounts ON COMMIT DROP AS
        WITH amount AS (
            SELECT id, 1 AS rank, '411000' AS account, 'Clients' AS label,
                (content ->> 'total_incl_vat_cents')::bigint AS cents
            FROM issued
            UNION ALL
            SELECT id, 2, '701000', 'Ventes d''electricite',
                taxes_cents - (content ->> 'total_excl_vat_cents')::bigint
            FROM issued
            UNION ALL
            SELECT id, 3, '447000', 'Accise sur l''electricite', -taxes_cents
            FROM issued
            UNION ALL
            SELECT id, 4, '44571' || lpad(round((vat ->> 'rate')::numeric * 10000)::text, 4, '0'),
                'TVA collectee ' || replace(
                    trim_scale((vat ->> 'rate')::numeric * 100)::text, '.', ',') || ' %',
                -(vat ->> 'vat_cents')::bigint
            FROM issued, jsonb_array_elements(content -> 'vat') AS vat
        )
        SELECT *, row_number() OVER (PARTITION BY id ORDER BY rank, account DESC) AS position
        FROM amount WHERE cents <> 0
    """)
    op.execute("""
        INSERT INTO party_account
        SELECT issuer_id, customer_id,
            row_number() OVER (PARTITION BY issuer_id ORDER BY min(ARRAY[year, entry_number]))
        FROM issued GROUP BY issuer_id, customer_id
    """)
    op.execute("""
        INSERT INTO entry_series
        SELECT issuer_id, year, max(entry_number) FROM issued GROUP BY issuer_id, year
    """)
    op.execute("""
        INSERT INTO journal_entry
        SELECT gen_random_uuid(), issuer_id, year, entry_number, 'VE', issue_date, number,
            issue_date, number || ' ' || customer_name, 'invoice', id, lines, debits,
            (now() AT TIME ZONE 'Europe/Paris')::date
        FROM issued JOIN (
            SELECT id, count(*) AS lines, sum(greatest(cents, 0)) AS debits FROM amounts GROUP BY id
        ) AS summed USING (id)
    """)
    op.execute("""
        INSERT INTO journal_line
        SELECT entry.id, position, account, amounts.label,
            CASE rank WHEN 1 THEN customer_id END, CASE rank WHEN 1 THEN customer_name END,
            CASE rank WHEN 1 THEN issued.id END, greatest(cents, 0), greatest(-cents, 0)
        FROM amounts
        JOIN issued USING (id)
        JOIN journal_entry AS entry ON entry.source_kind = 'invoice' AND entry.source_id = issued.id
    """)
