"""Of who was erased the other services are told once more, so that the event log forgets them."""

from alembic import op

revision = "community_0051"
down_revision = "community_0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE erasure ADD COLUMN republished_at timestamptz")
    op.execute("""
        CREATE INDEX erasure_published_once ON erasure (executed_at)
        WHERE executed_at IS NOT NULL AND republished_at IS NULL
    """)
