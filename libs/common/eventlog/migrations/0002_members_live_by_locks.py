"""A member lives as long as its advisory lock is held: nobody says any more when it was seen."""

from alembic import op

revision = "eventlog_0002"
down_revision = "eventlog_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE member DROP COLUMN seen_at")
