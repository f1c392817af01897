"""A mandate has an id of its own, and its request says which: who asks has chosen the request's."""

from alembic import op

revision = "billing_0020"
down_revision = "billing_0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE mandate_request ADD COLUMN mandate_id uuid")
    op.execute("""
        UPDATE mandate_request SET mandate_id = id
        WHERE answered_at IS NOT NULL AND declined_because IS NULL
    """)
    op.execute("""
        ALTER TABLE mandate_request ADD CONSTRAINT mandate_request_mandate CHECK (
            (mandate_id IS NOT NULL) = (answered_at IS NOT NULL AND declined_because IS NULL)
        )
    """)
