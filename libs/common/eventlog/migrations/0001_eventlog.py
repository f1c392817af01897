"""The event log kept in PostgreSQL: partitions, records, and each group's progress."""

from alembic import op

revision = "eventlog_0001"
down_revision = None
branch_labels = ("eventlog",)
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE partition (
            topic text NOT NULL,
            partition integer NOT NULL,
            next_offset bigint NOT NULL DEFAULT 0,
            PRIMARY KEY (topic, partition)
        )
    """)
    op.execute("""
        CREATE TABLE record (
            topic text NOT NULL,
            partition integer NOT NULL,
            "offset" bigint NOT NULL,
            key text NOT NULL,
            value bytea NOT NULL,
            headers jsonb NOT NULL,
            appended_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            PRIMARY KEY (topic, partition, "offset")
        )
    """)
    op.execute("""
        CREATE TABLE progress (
            "group" text NOT NULL,
            topic text NOT NULL,
            partition integer NOT NULL,
            next_offset bigint NOT NULL,
            PRIMARY KEY ("group", topic, partition)
        )
    """)
    op.execute("""
        CREATE TABLE member (
            "group" text NOT NULL,
            id uuid NOT NULL,
            topics text[] NOT NULL,
            seen_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY ("group", id)
        )
    """)
