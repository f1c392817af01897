"""Surplus contracts of plants; what pairs shared by the hour."""

from alembic import op

revision = "billing_0011"
down_revision = "billing_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_surplus_contracts()
    # What came before has no picture by the hour until its month is settled again.
    op.execute("ALTER TABLE settlement_detail ADD COLUMN by_hour bytea")


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
