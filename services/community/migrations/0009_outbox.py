"""Messages of this service itself: to an address, with small attachments, with secrets."""

from alembic import op

revision = "community_0009"
down_revision = "community_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What was written before, another service had asked for.
    op.execute("""
        ALTER TABLE message
            ALTER COLUMN member_id DROP NOT NULL,
            ALTER COLUMN operation_id DROP NOT NULL,
            ALTER COLUMN body DROP NOT NULL,
            ADD COLUMN is_secret boolean NOT NULL DEFAULT false,
            ADD COLUMN is_reported boolean NOT NULL DEFAULT true,
            ADD CHECK (body IS NOT NULL OR is_secret),
            ADD CHECK (NOT is_reported OR (member_id IS NOT NULL AND operation_id IS NOT NULL))
    """)
    op.execute("""
        ALTER TABLE message
            ALTER COLUMN is_secret DROP DEFAULT,
            ALTER COLUMN is_reported DROP DEFAULT
    """)
    op.execute("""
        CREATE TABLE message_attachment (
            message_id uuid REFERENCES message ON DELETE CASCADE,
            sha256 text CHECK (sha256 = encode(sha256(content), 'hex')),
            content bytea NOT NULL CHECK (octet_length(content) <= 65536),
            PRIMARY KEY (message_id, sha256)
        )
    """)
