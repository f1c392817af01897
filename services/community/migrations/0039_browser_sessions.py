"""Sessions of browsers: kept going by a cookie in place of refresh tokens (ADR 24)."""

from alembic import op

revision = "community_0039"
down_revision = "community_0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE session ADD secret_sha256 text UNIQUE CHECK (secret_sha256 ~ '^[0-9a-f]{64}$')
    """)
