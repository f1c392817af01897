"""The account of a mandate goes some time after its last use."""

from alembic import op

revision = "billing_0022"
down_revision = "billing_0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE mandate ALTER COLUMN iban DROP NOT NULL")
    op.execute("""
        ALTER TABLE mandate ADD CONSTRAINT mandate_account
        CHECK (iban IS NOT NULL OR revoked_on IS NOT NULL)
    """)
