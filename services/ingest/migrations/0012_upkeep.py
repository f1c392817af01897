"""What is late is asked for again by itself; which API locks us out is known."""

from alembic import op

revision = "ingest_0012"
down_revision = "ingest_0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Null: of an operation that was known before, which is looked at at once.
    op.execute("ALTER TABLE perimeter ADD COLUMN asked_again_on date")
    op.execute("""
        ALTER TABLE pull_source
            ADD COLUMN problem text,
            ADD COLUMN problem_since timestamptz,
            ADD CHECK ((problem IS NULL) = (problem_since IS NULL))
    """)
