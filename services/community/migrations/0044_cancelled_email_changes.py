"""Members take back the wish to be written to at another address; its link still counts."""

from alembic import op

revision = "community_0044"
down_revision = "community_0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE email_change ADD COLUMN cancelled_at timestamptz")
