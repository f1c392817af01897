"""What billing keeps: copies of members, perimeters and settlements; prices; invoices."""

from alembic import op

revision = "billing_0001"
down_revision = None
branch_labels = ("billing",)
depends_on = None


def upgrade() -> None:
    _create_copies()
    _create_prices()
    _create_invoices()
    _freeze_issued_invoices()


def _create_copies() -> None:
    op.execute("""
        CREATE TABLE member (
            member_id uuid PRIMARY KEY,
            revision integer NOT NULL,
            name text NOT NULL,
            address text NOT NULL,
            siren text,
            vat_number text
        )
    """)
    op.execute("""
        CREATE TABLE perimeter (
            operation_id text PRIMARY KEY,
            revision integer NOT NULL,
            name text NOT NULL,
            participations jsonb NOT NULL
        )
    """)
    op.execute("""
        CREATE TABLE settlement (
            operation_id text NOT NULL,
            month text NOT NULL,
            number integer NOT NULL,
            status text NOT NULL,
            content_hash text NOT NULL,
            pairs jsonb NOT NULL,
            PRIMARY KEY (operation_id, month)
        )
    """)


def _create_prices() -> None:
    # Ranges of one number stand for equality, which GiST has for scalars only with btree_gist;
    # 0 stands for the price of all producers without one of their own.
    op.execute("""
        CREATE TABLE price (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            operation_id text NOT NULL CHECK (operation_id ~ '^ACC[0-9]{8}$'),
            producer text CHECK (producer ~ '^[0-9]{14}$'),
            price_micro_eur_per_kwh bigint NOT NULL CHECK (price_micro_eur_per_kwh >= 0),
            vat_rate numeric(5, 4) NOT NULL CHECK (vat_rate >= 0),
            vat_mention text,
            valid_from date NOT NULL,
            valid_to date,
            CHECK (valid_from < valid_to),
            CONSTRAINT price_overlap EXCLUDE USING gist (
                int8range(
                    substr(operation_id, 4)::bigint, substr(operation_id, 4)::bigint, '[]'
                ) WITH &&,
                int8range(
                    coalesce(producer::bigint, 0), coalesce(producer::bigint, 0), '[]'
                ) WITH &&,
                daterange(valid_from, valid_to) WITH &&
            )
        )
    """)


def _create_invoices() -> None:
    op.execute("""
        CREATE TABLE series (
            issuer_id uuid NOT NULL,
            year integer NOT NULL,
            last_number integer NOT NULL,
            last_issue_date date,
            PRIMARY KEY (issuer_id, year)
        )
    """)
    # The content is text, not jsonb: its bytes are what the hash vouches for.
    op.execute("""
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
            CONSTRAINT invoice_issued_has_number CHECK (
                num_nonnulls(year, sequence, number, issue_date)
                    = CASE state WHEN 'issued' THEN 4 ELSE 0 END
            ),
            CONSTRAINT invoice_number_says_series CHECK (
                number = 'F' || year || '-'
                    || lpad(sequence::text, greatest(5, length(sequence::text)), '0')
                AND year = extract(year FROM issue_date)
            ),
            CONSTRAINT invoice_hash_is_of_content CHECK (
                content_hash = encode(sha256(convert_to(content, 'UTF8')), 'hex')
            ),
            CONSTRAINT invoice_series UNIQUE (issuer_id, year, sequence)
        )
    """)
    op.execute("CREATE INDEX invoice_operation_month ON invoice (operation_id, month)")
    op.execute("CREATE INDEX invoice_customer ON invoice (customer_id)")


def _freeze_issued_invoices() -> None:
    op.execute("""
        CREATE FUNCTION refuse_change_of_issued_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'invoice % is issued: it never changes', OLD.id
                USING ERRCODE = 'restrict_violation';
        END
        $$
    """)
    op.execute("""
        CREATE TRIGGER invoice_frozen BEFORE UPDATE OR DELETE ON invoice
        FOR EACH ROW WHEN (OLD.state = 'issued')
        EXECUTE FUNCTION refuse_change_of_issued_invoice()
    """)
