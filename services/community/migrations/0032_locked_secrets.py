"""Secrets of authenticator apps are kept under a key that is not in the database."""

from alembic import op

revision = "community_0032"
down_revision = "community_0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Null: not yet; the service, which has the keys, locks those as it starts.
    op.execute("ALTER TABLE totp ADD COLUMN locked_under text")
    op.execute("SELECT audit.watch('totp', silent => '{last_step,failures,locked_under}')")
