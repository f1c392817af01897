"""Files are kept outside the database, may be larger, and can be read again."""

from alembic import op

revision = "ingest_0009"
down_revision = "ingest_0008"
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
    # again. Before ingest_0003 it was when it came, then when it was recorded, and since
    # ingest_0006, which added started_at, a moment between the two.
    op.execute("""
        UPDATE delivery SET first_read_at = coalesce(read.at, own.received_at)
        FROM delivery AS own LEFT JOIN (
            SELECT told.id, timestamptz 'epoch' + max(us) * interval '1 microsecond' AS at
            FROM delivery AS told
                JOIN reading_block AS block ON block.delivery_id = told.id,
                unnest(block.published_us) AS us
            WHERE us BETWEEN
                (extract(epoch FROM coalesce(told.started_at, told.recorded_at)) * 1000000)::bigint
                AND (extract(epoch FROM told.recorded_at) * 1000000)::bigint
            GROUP BY told.id
        ) AS read ON read.id = own.id
        WHERE delivery.id = own.id AND own.recorded_at IS NOT NULL
    """)
