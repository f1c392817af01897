"""Secret addresses at which accounts read their calendars."""

from alembic import op

revision = "community_0019"
down_revision = "community_0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE calendar_feed (
            id uuid PRIMARY KEY,
            account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
            label text NOT NULL,
            secret_sha256 text NOT NULL UNIQUE CHECK (secret_sha256 ~ '^[0-9a-f]{64}$'),
            created_at timestamptz NOT NULL,
            last_used_on date
        )
    """)
    op.execute("CREATE INDEX calendar_feed_account ON calendar_feed (account_id)")
