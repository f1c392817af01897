"""Feeds: programs that push deliveries, and the secrets that they log in with."""

from alembic import op

revision = "community_0028"
down_revision = "community_0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE feed (
            id uuid PRIMARY KEY,
            name text NOT NULL,
            made_at timestamptz NOT NULL,
            made_by text NOT NULL,
            last_used_on date,
            revoked_at timestamptz
        )
    """)
    op.execute("CREATE INDEX feed_revoked ON feed (revoked_at)")
    # One that never ends would be forgotten in some program.
    op.execute("""
        CREATE TABLE feed_secret (
            feed_id uuid REFERENCES feed,
            number smallint CHECK (number > 0),
            secret_sha256 text NOT NULL UNIQUE CHECK (secret_sha256 ~ '^[0-9a-f]{64}$'),
            made_at timestamptz NOT NULL,
            expires_at timestamptz NOT NULL,
            PRIMARY KEY (feed_id, number),
            CONSTRAINT feed_secret_ends CHECK (expires_at <= made_at + interval '401 days')
        )
    """)
    op.execute("SELECT audit.watch('feed', silent => '{last_used_on}')")
    op.execute("SELECT audit.watch('feed_secret')")
