"""Deliveries are recorded in the order of a number, where two times of arrival could tie."""

from alembic import op

revision = "ingest_0002"
down_revision = "ingest_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE delivery ADD COLUMN number bigint UNIQUE")
    op.execute("""
        UPDATE delivery SET number = place
        FROM (SELECT id, row_number() OVER (ORDER BY received_at, id) AS place FROM delivery) AS old
        WHERE delivery.id = old.id
    """)
    op.execute("ALTER TABLE delivery ALTER COLUMN number SET NOT NULL")
    op.execute("ALTER TABLE delivery ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY")
    op.execute("""
        SELECT setval(
            pg_get_serial_sequence('delivery', 'number'),
            (SELECT count(*) FROM delivery) + 1, false
        )
    """)
    op.execute("DROP INDEX delivery_received_at")
    op.execute("DROP INDEX delivery_waiting")
    op.execute("CREATE INDEX delivery_waiting ON delivery (number) WHERE status = 'received'")
