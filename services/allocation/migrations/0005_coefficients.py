"""Coefficients: those of dynamic keys, and those that were sent to the network operator."""

from alembic import op

revision = "allocation_0005"
down_revision = "allocation_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_submissions()
    _create_key_coefficients()


def _create_submissions() -> None:
    op.execute("""
        CREATE TABLE coefficient_submission (
            operation_id text NOT NULL,
            month text NOT NULL,
            number integer NOT NULL CHECK (number > 0),
            sent_at timestamptz NOT NULL,
            recorded_at timestamptz NOT NULL,
            recorded_by text NOT NULL,
            note text,
            name text NOT NULL,
            media_type text NOT NULL,
            sha256 text NOT NULL,
            files jsonb NOT NULL,
            content bytea NOT NULL,
            PRIMARY KEY (operation_id, month, number),
            CONSTRAINT coefficient_submission_checksum CHECK (
                sha256 = encode(sha256(content), 'hex')
            )
        )
    """)
    op.execute("""
        CREATE FUNCTION refuse_change_of_submission() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'submissions never change: what was sent was sent'
                USING ERRCODE = 'restrict_violation';
        END
        $$
    """)
    op.execute("""
        CREATE TRIGGER coefficient_submission_frozen
        BEFORE UPDATE OR DELETE OR TRUNCATE ON coefficient_submission
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_submission()
    """)


def _create_key_coefficients() -> None:
    op.execute("""
        CREATE TABLE key_coefficient (
            operation_id text NOT NULL,
            key_id uuid NOT NULL,
            day date NOT NULL,
            producer text NOT NULL,
            consumer text NOT NULL,
            step_min integer NOT NULL CHECK (step_min > 0),
            share_billionths bigint[] NOT NULL,
            PRIMARY KEY (operation_id, key_id, day, producer, consumer),
            FOREIGN KEY (operation_id, key_id) REFERENCES sharing_key ON DELETE CASCADE
        )
    """)
    op.execute("ALTER TABLE day_status DROP CONSTRAINT day_status_status_check")
    op.execute("""
        ALTER TABLE day_status
            ADD CONSTRAINT day_status_status_check CHECK (
                status IN ('allocated', 'incomplete', 'no_key', 'key_incomplete', 'failed')
            ),
            ADD COLUMN key_missing_steps integer NOT NULL DEFAULT 0,
            ADD CHECK ((key_missing_steps > 0) = (status = 'key_incomplete'))
    """)
