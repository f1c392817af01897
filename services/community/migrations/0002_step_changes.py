"""The days from which an operation is settled in other steps."""

from alembic import op

revision = "community_0002"
down_revision = "community_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE operation ADD COLUMN step_changes jsonb NOT NULL DEFAULT '[]'")
