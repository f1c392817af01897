"""Surplus contracts, hours of pairs, closed fiscal years, rejected transfers, former accounts."""

from alembic import op

revision = "billing_0011"
down_revision = "billing_0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_surplus_contracts()
    # What came before has no picture by the hour until its month is settled again.
    op.execute("ALTER TABLE settlement_detail ADD COLUMN by_hour bytea")
    _close_fiscal_years()
    op.execute("ALTER TABLE payout_item ADD COLUMN return_reason text")
    _keep_former_accounts()


def _create_surplus_contracts() -> None:
    op.execute("""
        CREATE TABLE surplus_contract (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            prm text NOT NULL CHECK (prm ~ '^[0-9]{14}$'),
            kind text NOT NULL CHECK (kind IN ('feed_in', 'aggregator', 'free', 'none')),
            valid_from date NOT NULL,
            valid_to date CHECK (valid_from < valid_to),
            buyer text,
            number text,
            price_cents_per_kwh numeric(12, 6) CHECK (price_cents_per_kwh >= 0),
            coefficient numeric(9, 6) CHECK (coefficient > 0),
            prices_by_month jsonb NOT NULL,
            -- GiST compares texts only with btree_gist; a PRM is a number of 14 digits.
            CONSTRAINT surplus_contract_overlap EXCLUDE USING gist (
                int8range(prm::bigint, prm::bigint, '[]') WITH &&,
                daterange(valid_from, valid_to) WITH &&
            )
        )
    """)


def _close_fiscal_years() -> None:
    # An earlier migration of the same upgrade may have entered invoices: check them now.
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    op.execute("SET CONSTRAINTS ALL DEFERRED")
    op.execute("""
        ALTER TABLE journal_entry
            DROP CONSTRAINT journal_entry_journal_check,
            ADD CONSTRAINT journal_entry_journal_check
                CHECK (journal IN ('VE', 'BQ', 'OD', 'AN'))
    """)
    # An opening carries each open invoice forward: it may have more lines than a sale.
    op.execute("ALTER TABLE journal_line ALTER COLUMN position TYPE integer")
    op.execute("""
        CREATE TABLE fiscal_year_closing (
            owner_id uuid NOT NULL,
            fiscal_year integer NOT NULL,
            closed_on date NOT NULL,
            result_cents bigint NOT NULL,
            PRIMARY KEY (owner_id, fiscal_year)
        )
    """)
    op.execute("""
        CREATE TRIGGER fiscal_year_closing_only_grows
        BEFORE UPDATE OR DELETE OR TRUNCATE ON fiscal_year_closing
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_books()
    """)
    op.execute("""
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
        $$
    """)
    op.execute("""
        CREATE TRIGGER journal_entry_is_of_open_year AFTER INSERT ON journal_entry
        REFERENCING NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_entry_of_closed_year()
    """)


def _keep_former_accounts() -> None:
    op.execute("""
        CREATE TABLE creditor_account (
            member_id uuid NOT NULL REFERENCES creditor (member_id),
            iban text NOT NULL,
            PRIMARY KEY (member_id, iban)
        )
    """)
    op.execute("INSERT INTO creditor_account SELECT member_id, iban FROM creditor")
