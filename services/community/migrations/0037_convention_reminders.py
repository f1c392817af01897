"""Organisers are reminded once of a convention that ends."""

from alembic import op

revision = "community_0037"
down_revision = "community_0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Once for each end: if it is moved, they are reminded again.
    op.execute("""
        CREATE TABLE convention_reminder (
            operation_id text NOT NULL REFERENCES convention,
            valid_to date NOT NULL,
            reminded_at timestamptz NOT NULL,
            PRIMARY KEY (operation_id, valid_to)
        )
    """)
    op.execute("CREATE INDEX convention_end ON convention (valid_to) WHERE valid_to IS NOT NULL")
