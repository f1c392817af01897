"""When who has a session last showed who they are."""

from alembic import op

revision = "community_0049"
down_revision = "community_0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE session ADD COLUMN stepped_up_at timestamptz")
    op.execute("UPDATE session SET stepped_up_at = began_at")
    op.execute("ALTER TABLE session ALTER COLUMN stepped_up_at SET NOT NULL")
