"""In which language a notification was written, for who hears it read; null: before it was kept."""

from alembic import op

revision = "community_0045"
down_revision = "community_0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE notification ADD language text CHECK (language IN ('fr', 'en'))")
