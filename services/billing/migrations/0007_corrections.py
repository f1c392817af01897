"""Credit notes, what is left of each invoice, what days are billed, revisions, and runs."""

from alembic import op

revision = "billing_0007"
down_revision = "billing_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _give_invoices_a_kind()
    _give_series_a_kind()
    _add_balances()
    _add_billed_days()
    _keep_balances()
    _post_what_is_issued()
    _add_revisions()
    _add_runs()


def _give_invoices_a_kind() -> None:
    # Issued invoices never change, but for what is added beside their content.
    op.execute("ALTER TABLE invoice DISABLE TRIGGER invoice_frozen")
    op.execute("""
        ALTER TABLE invoice
            ADD COLUMN kind text NOT NULL DEFAULT 'invoice'
                CHECK (kind IN ('invoice', 'credit_note')),
            ADD COLUMN cause text CHECK (cause IN ('replace', 'difference', 'by_hand')),
            ADD COLUMN period_from date,
            ADD COLUMN period_to date
    """)
    op.execute("""
        UPDATE invoice SET
            period_from = (content::jsonb ->> 'period_from')::date,
            period_to = (content::jsonb ->> 'period_to')::date
    """)
    op.execute("""
        ALTER TABLE invoice
            ALTER COLUMN kind DROP DEFAULT,
            ALTER COLUMN period_from SET NOT NULL,
            ALTER COLUMN period_to SET NOT NULL,
            ADD CHECK (period_from < period_to),
            ADD CONSTRAINT invoice_credit_has_cause CHECK (
                kind = 'invoice' OR cause IS NOT NULL
            ),
            DROP CONSTRAINT invoice_number_says_series,
            ADD CONSTRAINT invoice_number_says_series CHECK (
                number = CASE kind WHEN 'invoice' THEN 'F' ELSE 'A' END || year || '-'
                    || lpad(sequence::text, greatest(5, length(sequence::text)), '0')
                AND year = extract(year FROM issue_date)
            ),
            DROP CONSTRAINT invoice_series,
            ADD CONSTRAINT invoice_series UNIQUE (issuer_id, kind, year, sequence)
    """)
    op.execute("ALTER TABLE invoice ENABLE TRIGGER invoice_frozen")
    op.execute("CREATE INDEX invoice_period ON invoice (operation_id, period_from)")


def _give_series_a_kind() -> None:
    op.execute("""
        ALTER TABLE series
            ADD COLUMN kind text NOT NULL DEFAULT 'invoice'
                CHECK (kind IN ('invoice', 'credit_note')),
            DROP CONSTRAINT series_pkey,
            ADD PRIMARY KEY (issuer_id, kind, year)
    """)
    op.execute("ALTER TABLE series ALTER COLUMN kind DROP DEFAULT")


def _add_balances() -> None:
    # An amount may be negative (a discount): then so is what is taken back of it.
    op.execute("""
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
        )
    """)
    op.execute("""
        CREATE TABLE invoice_balance (
            document_id uuid PRIMARY KEY REFERENCES invoice,
            total_cents bigint NOT NULL,
            credited_cents bigint NOT NULL DEFAULT 0,
            CONSTRAINT credit_within_invoice CHECK (
                credited_cents BETWEEN least(total_cents, 0) AND greatest(total_cents, 0)
            )
        )
    """)
    op.execute("""
        CREATE TABLE document_link (
            document_id uuid REFERENCES invoice,
            refers_to uuid REFERENCES invoice,
            PRIMARY KEY (document_id, refers_to)
        )
    """)
    op.execute("CREATE INDEX document_link_back ON document_link (refers_to)")


def _add_billed_days() -> None:
    # Ranges of one number stand for equality, which GiST has for scalars only with btree_gist.
    op.execute("""
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
        )
    """)


def _keep_balances() -> None:
    # The database itself reads what it is given to keep: whoever issues, nothing is credited twice.
    op.execute("""
        CREATE FUNCTION post_document(posted invoice) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE
            said jsonb := posted.content::jsonb;
            line record;
        BEGIN
            INSERT INTO document_link (document_id, refers_to)
            SELECT DISTINCT posted.id, (reference ->> 'id')::uuid
            FROM jsonb_array_elements(said -> 'refers_to') AS reference;

            IF posted.kind = 'invoice' THEN
                INSERT INTO invoice_balance (document_id, total_cents)
                VALUES (posted.id, (said ->> 'total_incl_vat_cents')::bigint);
                INSERT INTO line_balance (document_id, position, energy_wmin, amount_cents)
                SELECT posted.id, position,
                    (one ->> 'energy_wmin')::bigint, (one ->> 'amount_cents')::bigint
                FROM jsonb_array_elements(said -> 'lines')
                    WITH ORDINALITY AS lines (one, position);
                RETURN;
            END IF;

            UPDATE invoice_balance
            SET credited_cents = credited_cents + (said ->> 'total_incl_vat_cents')::bigint
            FROM invoice AS original
            WHERE document_id = (said -> 'refers_to' -> 0 ->> 'id')::uuid
                AND original.id = document_id
                AND (original.issuer_id, original.customer_id)
                    = (posted.issuer_id, posted.customer_id);
            IF NOT FOUND THEN
                RAISE EXCEPTION 'credit note % is of no issued invoice of its parties', posted.id
                    USING ERRCODE = 'foreign_key_violation';
            END IF;
            FOR line IN SELECT one FROM jsonb_array_elements(said -> 'lines') AS lines (one) LOOP
                UPDATE line_balance
                SET credited_wmin = credited_wmin + (line.one ->> 'energy_wmin')::bigint,
                    credited_cents = credited_cents + (line.one ->> 'amount_cents')::bigint
                WHERE document_id = (line.one -> 'corrects' ->> 'document_id')::uuid
                    AND document_id = (said -> 'refers_to' -> 0 ->> 'id')::uuid
                    AND position = (line.one -> 'corrects' ->> 'position')::integer;
                IF NOT FOUND THEN
                    RAISE EXCEPTION 'a line of credit note % takes back no line', posted.id
                        USING ERRCODE = 'foreign_key_violation';
                END IF;
            END LOOP;
        END
        $$
    """)
    op.execute("""
        CREATE FUNCTION post_issued_document() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM post_document(NEW);
            RETURN NULL;
        END
        $$
    """)
    op.execute("""
        CREATE TRIGGER invoice_posted AFTER INSERT OR UPDATE ON invoice
        FOR EACH ROW WHEN (NEW.state = 'issued')
        EXECUTE FUNCTION post_issued_document()
    """)


def _post_what_is_issued() -> None:
    op.execute("SELECT post_document(invoice) FROM invoice WHERE state = 'issued'")
    # Their lines do not say which days they are of, but between which: those of a point that went
    # to another member in mid-month may overlap, and the first one has them.
    op.execute("""
        INSERT INTO billed (document_id, producer, consumer, days)
        SELECT id, line ->> 'producer', line ->> 'consumer', range_agg(
            daterange((line ->> 'valid_from')::date, (line ->> 'valid_to')::date)
        )
        FROM invoice, jsonb_array_elements(content::jsonb -> 'lines') AS line
        WHERE state = 'issued' AND (line ->> 'energy_wmin')::bigint <> 0
        GROUP BY id, line ->> 'producer', line ->> 'consumer'
        ORDER BY id
        ON CONFLICT DO NOTHING
    """)


def _add_revisions() -> None:
    op.execute("""
        CREATE TABLE correction_policy (
            operation_id text PRIMARY KEY CHECK (operation_id ~ '^ACC[0-9]{8}$'),
            policy text NOT NULL CHECK (policy IN ('replace', 'difference'))
        )
    """)
    op.execute("""
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
        )
    """)
    op.execute("""
        CREATE INDEX revision_due ON revision (operation_id, month)
        WHERE drafted_at IS NULL AND refusal IS NULL
    """)


def _add_runs() -> None:
    op.execute("""
        CREATE TABLE run (
            id uuid PRIMARY KEY,
            operation_id text NOT NULL CHECK (operation_id ~ '^ACC[0-9]{8}$'),
            period text NOT NULL,
            state text NOT NULL CHECK (state IN
                ('waiting', 'review', 'blocked', 'issuing', 'issued', 'failed')),
            created_at timestamptz NOT NULL,
            created_by text NOT NULL,
            changed_at timestamptz NOT NULL,
            issue_date date,
            document_ids uuid[] NOT NULL,
            anomalies jsonb NOT NULL,
            problem jsonb
        )
    """)
    op.execute("CREATE INDEX run_operation ON run (operation_id, created_at)")
    op.execute("""
        CREATE INDEX run_due ON run (changed_at) WHERE state IN ('waiting', 'issuing')
    """)
