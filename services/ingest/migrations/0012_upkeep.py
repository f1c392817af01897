"""What is late is asked for again by itself; which API locks us out is known.

Old indexes and invoiced quantities are found, to be purged.
"""

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
    # Old ones are found without an index entry for each: they come about in order.
    op.execute("CREATE INDEX meter_index_read_at ON meter_index USING brin (read_at)")
    op.execute("CREATE INDEX invoiced_quantity_to_day ON invoiced_quantity USING brin (to_day)")
