"""Days that the allocation service holds up, so that a pre-flight says why nothing is settled."""

from alembic import op

revision = "billing_0014"
down_revision = "billing_0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE held_up_day (
            operation_id text,
            day date,
            told_at timestamptz NOT NULL,
            status text NOT NULL
                CHECK (status IN ('incomplete', 'no_key', 'key_incomplete', 'failed', 'allocated')),
            missing_points integer NOT NULL,
            missing jsonb NOT NULL,
            key_missing_steps integer NOT NULL,
            PRIMARY KEY (operation_id, day)
        )
    """)
