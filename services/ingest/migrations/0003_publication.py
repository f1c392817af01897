"""Of two values for one step the later published stands; deliveries count what that comes to."""

from alembic import op

revision = "ingest_0003"
down_revision = "ingest_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE reading_block ADD COLUMN published_us bigint[]")
    op.execute("ALTER TABLE reading_block ADD COLUMN recorded_at timestamptz DEFAULT now()")
    # What was recorded so far counts as published when it came.
    op.execute("""
        UPDATE reading_block
        SET published_us = ARRAY[(extract(epoch FROM delivery.received_at) * 1000000)::bigint],
            recorded_at = coalesce(delivery.recorded_at, delivery.received_at)
        FROM delivery WHERE delivery.id = reading_block.delivery_id
    """)
    op.execute("""
        ALTER TABLE reading_block
            ALTER published_us SET NOT NULL,
            ALTER recorded_at SET NOT NULL,
            ADD CHECK (cardinality(published_us) IN (1, cardinality(power_w)))
    """)
    op.execute("""
        ALTER TABLE delivery
            ADD COLUMN superseding integer NOT NULL DEFAULT 0,
            ADD COLUMN outdated integer NOT NULL DEFAULT 0,
            ADD COLUMN notes text[] NOT NULL DEFAULT '{}',
            ADD CHECK (superseding BETWEEN 0 AND accepted),
            ADD CHECK (outdated BETWEEN 0 AND duplicate)
    """)
