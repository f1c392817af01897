"""Series of files have one order on every machine, in which their list is read page by page."""

from alembic import op

revision = "ingest_0017"
down_revision = "ingest_0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute('ALTER TABLE delivery_sequence ALTER COLUMN series TYPE text COLLATE "C"')
