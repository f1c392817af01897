"""Yearly caps of feed-in contracts."""

from alembic import op

revision = "billing_0012"
down_revision = "billing_0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE surplus_contract
            ADD COLUMN cap_kwh integer CHECK (cap_kwh > 0),
            ADD COLUMN cap_beyond_cents_per_kwh numeric(12, 6)
                CHECK (cap_beyond_cents_per_kwh >= 0),
            ADD COLUMN cap_since date CHECK (cap_since <= valid_from),
            ADD CONSTRAINT surplus_contract_cap CHECK (
                num_nonnulls(cap_kwh, cap_beyond_cents_per_kwh, cap_since) IN (0, 3)
            )
    """)
