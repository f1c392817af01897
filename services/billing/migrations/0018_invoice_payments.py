"""The direct debits of an invoice are read with it."""

from alembic import op

revision = "billing_0018"
down_revision = "billing_0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE INDEX collection_item_invoice ON collection_item (invoice_id)")
