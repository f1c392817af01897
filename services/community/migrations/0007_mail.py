"""The language and the place of delivery of members, and the outbox of messages to them."""

from alembic import op

revision = "community_0007"
down_revision = "community_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What has a default here has the same one in the event, so members need not be told again.
    op.execute("""
        ALTER TABLE member
            ADD COLUMN language text NOT NULL DEFAULT 'fr' CHECK (language IN ('fr', 'en')),
            ADD COLUMN delivery_address text
    """)
    op.execute("ALTER TABLE member ALTER COLUMN language DROP DEFAULT")
    op.execute("""
        CREATE TABLE message (
            id uuid PRIMARY KEY,
            member_id uuid NOT NULL REFERENCES member,
            operation_id text NOT NULL,
            kind text NOT NULL,
            language text NOT NULL CHECK (language IN ('fr', 'en')),
            subject text NOT NULL CHECK (subject !~ '[\\r\\n]'),
            body text NOT NULL,
            attachments jsonb NOT NULL,
            asked_at timestamptz NOT NULL,
            revision integer NOT NULL
        )
    """)
    op.execute("CREATE INDEX message_member ON message (member_id, asked_at)")
    op.execute("CREATE INDEX message_operation ON message (operation_id, asked_at)")
    op.execute("CREATE INDEX message_asked ON message (asked_at)")
    op.execute("""
        CREATE TABLE message_recipient (
            message_id uuid REFERENCES message ON DELETE CASCADE,
            number smallint CHECK (number > 0),
            address text,
            status text NOT NULL CHECK (status IN ('queued', 'sent', 'bounced', 'failed')),
            at timestamptz NOT NULL,
            reason text,
            attempts integer NOT NULL,
            due_at timestamptz NOT NULL,
            expires_at timestamptz NOT NULL,
            PRIMARY KEY (message_id, number),
            CHECK (address IS NOT NULL OR status = 'failed'),
            CHECK (reason IS NOT NULL OR status IN ('queued', 'sent'))
        )
    """)
    op.execute("""
        CREATE INDEX message_recipient_due ON message_recipient (due_at) WHERE status = 'queued'
    """)
