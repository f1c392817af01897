"""Deliveries tell their channel and how long they took; files of numbered series are counted."""

from alembic import op

revision = "ingest_0006"
down_revision = "ingest_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE delivery
            ADD COLUMN channel text NOT NULL DEFAULT 'push'
                CHECK (channel IN ('push', 'inbox', 'pull')),
            ADD COLUMN started_at timestamptz,
            ADD COLUMN parsing_ms integer CHECK (parsing_ms >= 0),
            ADD COLUMN recording_ms integer CHECK (recording_ms >= 0)
    """)
    op.execute("""
        CREATE TABLE delivery_sequence (
            series text NOT NULL,
            number integer NOT NULL CHECK (number >= 0),
            part integer NOT NULL,
            parts integer NOT NULL,
            delivery_id uuid NOT NULL REFERENCES delivery,
            PRIMARY KEY (series, number, part, delivery_id),
            CHECK (part BETWEEN 1 AND parts)
        )
    """)
    op.execute("CREATE INDEX delivery_sequence_delivery ON delivery_sequence (delivery_id)")
