"""What settlements are made of, and which of them something has changed for."""

from alembic import op

revision = "allocation_0007"
down_revision = "allocation_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Null: closed before inputs were kept; it cannot be made again.
    op.execute("ALTER TABLE settlement ADD COLUMN inputs jsonb")
    op.execute("""
        CREATE TABLE settlement_input (
            hash text PRIMARY KEY CHECK (hash ~ '^[0-9a-f]{64}$'),
            content bytea NOT NULL
        )
    """)
    # It is compressed already.
    op.execute("ALTER TABLE settlement_input ALTER COLUMN content SET STORAGE EXTERNAL")
    op.execute("""
        CREATE TRIGGER settlement_input_frozen BEFORE UPDATE OR DELETE OR TRUNCATE
        ON settlement_input
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_settlement()
    """)
    op.execute("""
        CREATE TABLE stale_settlement (
            operation_id text NOT NULL,
            month text NOT NULL,
            marked_at timestamptz NOT NULL DEFAULT now(),
            refusal jsonb,
            PRIMARY KEY (operation_id, month)
        )
    """)
    op.execute("""
        CREATE INDEX stale_settlement_turn ON stale_settlement (marked_at, operation_id, month)
        WHERE refusal IS NULL
    """)
