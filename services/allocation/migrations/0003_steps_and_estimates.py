"""Settlement steps by date; which readings ingest estimated; how sure an allocated day is."""

from alembic import op

revision = "allocation_0003"
down_revision = "allocation_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE perimeter ADD COLUMN step_changes jsonb NOT NULL DEFAULT '[]'")
    op.execute("ALTER TABLE reading_block ADD COLUMN estimated_steps integer[] NOT NULL DEFAULT '{}'")
    op.execute("ALTER TABLE day_status ADD COLUMN estimated jsonb NOT NULL DEFAULT '[]'")
    op.execute("ALTER TABLE day_status ADD COLUMN reconstructed jsonb NOT NULL DEFAULT '[]'")
