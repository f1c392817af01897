"""What goes to customers by e-mail; language and place of delivery of members."""

from alembic import op

revision = "billing_0009"
down_revision = "billing_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE member
            ADD COLUMN language text NOT NULL DEFAULT 'fr',
            ADD COLUMN delivery_address text
    """)
    op.execute("ALTER TABLE member ALTER COLUMN language DROP DEFAULT")
    op.execute("""
        CREATE TABLE mail_policy (
            member_id uuid PRIMARY KEY,
            invoices boolean NOT NULL,
            reminders boolean NOT NULL,
            pre_notifications boolean NOT NULL
        )
    """)
    op.execute("""
        CREATE TABLE mailing (
            id uuid PRIMARY KEY,
            invoice_id uuid NOT NULL REFERENCES invoice,
            kind text NOT NULL
                CHECK (kind IN ('invoice', 'credit_note', 'reminder', 'pre_notification')),
            details jsonb NOT NULL,
            created_at timestamptz NOT NULL,
            attempts integer NOT NULL,
            next_at timestamptz NOT NULL,
            asked_at timestamptz,
            revision integer NOT NULL,
            recipients jsonb NOT NULL
        )
    """)
    op.execute("CREATE INDEX mailing_invoice ON mailing (invoice_id)")
    op.execute("CREATE INDEX mailing_to_ask ON mailing (next_at) WHERE asked_at IS NULL")
