"""What the organiser tells the public of an operation, once they want it shown."""

from alembic import op

revision = "community_0040"
down_revision = "community_0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE presentation (
            operation_id text PRIMARY KEY REFERENCES operation,
            is_public boolean NOT NULL,
            takes_members boolean NOT NULL,
            contact_email text CHECK (contact_email = lower(contact_email)),
            commune_names text[] NOT NULL,
            text text,
            recorded_at timestamptz NOT NULL,
            recorded_by text NOT NULL
        )
    """)
    op.execute("CREATE INDEX presentation_public ON presentation (operation_id) WHERE is_public")
    op.execute("SELECT audit.watch('presentation')")
