"""Who has a month of a preview in hand holds a lock, and leaves no mark."""

from alembic import op

revision = "allocation_0019"
down_revision = "allocation_0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE key_preview DROP COLUMN claimed_at")
