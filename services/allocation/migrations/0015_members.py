"""Who owns plants: names of companies and public bodies, as invoices say them; none of households."""

from alembic import op

revision = "allocation_0015"
down_revision = "allocation_0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE member (
            member_id uuid PRIMARY KEY,
            revision integer NOT NULL CHECK (revision > 0),
            kind text NOT NULL,
            name text CHECK (kind <> 'household' OR name IS NULL)
        )
    """)
    op.execute("ALTER TABLE sharing_key ADD COLUMN title text CHECK (length(title) <= 120)")
