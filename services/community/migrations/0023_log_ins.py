"""Log-ins that failed."""

from alembic import op

revision = "community_0023"
down_revision = "community_0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Of accounts that do not exist, too: whether one does is nobody's to know.
    op.execute("""
        CREATE TABLE log_in_failure (
            key text PRIMARY KEY,
            count integer NOT NULL CHECK (count >= 0),
            last_at timestamptz NOT NULL,
            paused_until timestamptz NOT NULL
        )
    """)
    op.execute("CREATE INDEX log_in_failure_last ON log_in_failure (last_at)")
    op.execute("""
        CREATE TABLE address_key (
            day date PRIMARY KEY,
            key bytea NOT NULL DEFAULT sha256(
                uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
            )
        )
    """)
