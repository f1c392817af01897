"""Files are kept outside the database, may be larger, and can be read again."""

from alembic import op

revision = "ingest_0006"
down_revision = "ingest_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Those that are in delivery_file stay there, and are read from there.
    op.execute("""
        ALTER TABLE delivery
            ALTER byte_count TYPE bigint,
            ADD COLUMN first_read_at timestamptz,
            ADD COLUMN reread_asked_at timestamptz
    """)
    # When its values were published, if the file did not say: that must be so when it is read
    # again. Before ingest_0003 it was when it came, since then when it was recorded.
    op.execute("""
        UPDATE delivery SET first_read_at = CASE
            WHEN id IN (
                SELECT block.delivery_id
                FROM reading_block AS block JOIN delivery AS own ON own.id = block.delivery_id
                WHERE (extract(epoch FROM own.recorded_at) * 1000000)::bigint
                    = ANY (block.published_us)
            ) THEN recorded_at
            ELSE received_at
        END
        WHERE recorded_at IS NOT NULL
    """)
