"""Which poll a draft was tried for: a later one has it tried anew."""

from alembic import op

revision = "allocation_0017"
down_revision = "allocation_0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE key_preview ADD COLUMN poll_id uuid REFERENCES key_poll ON DELETE CASCADE
    """)
    op.execute("""
        UPDATE key_preview SET poll_id = (
            SELECT poll_id FROM key_poll
            WHERE key_poll.operation_id = key_preview.operation_id
                AND key_poll.key_id = key_preview.key_id
            ORDER BY opened_at DESC LIMIT 1
        )
    """)
    op.execute("ALTER TABLE key_preview ALTER COLUMN poll_id SET NOT NULL")
    op.execute("CREATE INDEX key_preview_poll ON key_preview (poll_id)")
