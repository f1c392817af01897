"""Coefficients that were sent to the network operator."""

from alembic import op

revision = "allocation_0005"
down_revision = "allocation_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
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
