"""From now on, what people set, ask for and decide here leaves lines in the audit log."""

from alembic import op

revision = "allocation_0013"
down_revision = "allocation_0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        DO $$ BEGIN
            IF to_regnamespace('audit') IS NULL THEN
                RAISE EXCEPTION 'run deploy/postgres.sql, or elocoop migrate, as a superuser first';
            END IF;
        END $$
    """)
    # Which files the coefficients of keys come from; the numbers themselves are in key_coefficient.
    op.execute("""
        CREATE TABLE key_coefficient_file (
            operation_id text,
            key_id uuid,
            month text CHECK (month ~ '^[0-9]{4}-[0-9]{2}$'),
            producer text,
            sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
            byte_count bigint NOT NULL CHECK (byte_count >= 0),
            set_at timestamptz NOT NULL,
            set_by text NOT NULL,
            PRIMARY KEY (operation_id, key_id, month, producer),
            FOREIGN KEY (operation_id, key_id) REFERENCES sharing_key ON DELETE CASCADE
        )
    """)
    for table in ("policy", "sharing_key", "key_coefficient_file"):
        op.execute(f"SELECT audit.watch('{table}')")
    # A file is known by its hash, and so is a settlement.
    op.execute("SELECT audit.watch('coefficient_submission', silent => '{content,files}')")
    # What the service does by itself is in the rows, which never change or are numbered.
    op.execute("""
        SELECT audit.watch(
            'settlement', silent => '{content,inputs,revisions}', people_only => true
        )
    """)
    # A request may hold curves, and so may a result.
    op.execute("""
        SELECT audit.watch(
            'simulation',
            silent => '{request,curves_csv,pvgis,result,failure,attempt,parts_done,parts_total}',
            people_only => true
        )
    """)
