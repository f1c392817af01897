"""Sessions of browsers whose people log in at an issuer of the co-op's own (ADR 27)."""

from alembic import op

revision = "community_0043"
down_revision = "community_0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE issuer_session (
            id uuid PRIMARY KEY,
            subject text NOT NULL,
            secret_sha256 text NOT NULL UNIQUE CHECK (secret_sha256 ~ '^[0-9a-f]{64}$'),
            locked_tokens bytea NOT NULL,
            access_ends_at timestamptz NOT NULL,
            renewing_until timestamptz,
            expires_at timestamptz NOT NULL
        )
    """)
    op.execute("CREATE INDEX issuer_session_expires ON issuer_session (expires_at)")
    # What changes with each renewal is nobody's change.
    op.execute("""
        SELECT audit.watch(
            'issuer_session', silent => '{locked_tokens,access_ends_at,renewing_until}'
        )
    """)
