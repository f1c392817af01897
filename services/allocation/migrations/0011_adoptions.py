"""What became of the keys that members adopted in a poll."""

from alembic import op

revision = "allocation_0011"
down_revision = "allocation_0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE adoption (
            poll_id uuid PRIMARY KEY,
            operation_id text NOT NULL,
            key_id uuid NOT NULL,
            opened_at timestamptz NOT NULL,
            closed_at timestamptz NOT NULL,
            seal_hash text NOT NULL CHECK (seal_hash ~ '^[0-9a-f]{64}$'),
            state text NOT NULL CHECK (
                state IN (
                    'approved', 'waiting', 'key_gone', 'key_not_a_draft', 'key_changed',
                    'other_poll'
                )
            ),
            judged_at timestamptz NOT NULL
        )
    """)
    op.execute("CREATE INDEX adoption_operation ON adoption (operation_id, closed_at)")
