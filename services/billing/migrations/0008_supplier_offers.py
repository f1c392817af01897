"""What members pay their suppliers, to compare their bills."""

from alembic import op

revision = "billing_0008"
down_revision = "billing_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Each member's own: who has the point next starts without any.
    op.execute("""
        CREATE TABLE supplier_offer (
            prm text NOT NULL CHECK (prm ~ '^[0-9]{14}$'),
            member_id uuid NOT NULL,
            valid_from date NOT NULL,
            recorded_at timestamptz NOT NULL,
            offer jsonb NOT NULL,
            PRIMARY KEY (prm, member_id, valid_from)
        )
    """)
