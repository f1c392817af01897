"""Who sees everything, and looked; and how careful an operation is with sums over few."""

from alembic import op

revision = "allocation_0014"
down_revision = "allocation_0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE share_access (
            number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            operation_id text NOT NULL,
            read_at timestamptz NOT NULL DEFAULT now(),
            subject text NOT NULL,
            role text NOT NULL,
            route text NOT NULL
        )
    """)
    op.execute("CREATE INDEX share_access_operation ON share_access (operation_id, number)")
    op.execute("CREATE INDEX share_access_read_at ON share_access (read_at)")
    # Never fewer points than the platform's own limit, see domain.policy.
    op.execute("ALTER TABLE policy ADD COLUMN least_points integer CHECK (least_points >= 3)")
