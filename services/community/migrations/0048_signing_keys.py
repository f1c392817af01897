"""Keys that sign tokens are kept as other secrets are, and their public halves beside them."""

from alembic import op

revision = "community_0048"
down_revision = "community_0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A key that stood in the clear is in backups: the service makes another one as it starts.
    op.execute("DROP TABLE signing_key")
    op.execute("""
        CREATE TABLE signing_key (
            kid text PRIMARY KEY,
            public_jwk jsonb NOT NULL,
            secret bytea NOT NULL,
            locked_under text,
            created_at timestamptz NOT NULL
        )
    """)
    op.execute("SELECT audit.watch('signing_key', silent => '{locked_under}')")
