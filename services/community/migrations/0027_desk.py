"""Organisers are reminded once of documents that end."""

from alembic import op

revision = "community_0027"
down_revision = "community_0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Once for each end: if it is moved, they are reminded again.
    op.execute("""
        CREATE TABLE document_reminder (
            document_id uuid NOT NULL REFERENCES document,
            valid_to date NOT NULL,
            reminded_at timestamptz NOT NULL,
            PRIMARY KEY (document_id, valid_to)
        )
    """)
