"""Since when somebody has a month of a preview in hand."""

from alembic import op

revision = "allocation_0018"
down_revision = "allocation_0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE key_preview ADD COLUMN claimed_at timestamptz")
