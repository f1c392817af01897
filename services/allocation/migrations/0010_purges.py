"""Curves that are too old are taken away, month by month, and it is noted which."""

from alembic import op

revision = "allocation_0010"
down_revision = "allocation_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE purge (
            operation_id text NOT NULL,
            month text NOT NULL,
            purged_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            readings bigint NOT NULL CHECK (readings >= 0),
            shares bigint NOT NULL CHECK (shares >= 0),
            dso_results bigint NOT NULL CHECK (dso_results >= 0),
            PRIMARY KEY (operation_id, month)
        )
    """)
    op.execute("CREATE INDEX purge_purged_at ON purge (purged_at)")
    op.execute("ALTER TABLE day_status DROP CONSTRAINT day_status_status_check")
    op.execute("""
        ALTER TABLE day_status
            ADD CONSTRAINT day_status_status_check CHECK (
                status IN (
                    'allocated', 'incomplete', 'no_key', 'key_incomplete', 'failed', 'purged'
                )
            )
    """)
