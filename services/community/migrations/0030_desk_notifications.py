"""Who runs operations is notified too, as an account: without being a member, perhaps."""

from alembic import op

revision = "community_0030"
down_revision = "community_0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("notification", "notification_channel", "digest"):
        op.execute(f"""
            ALTER TABLE {table}
                ADD COLUMN account_id uuid REFERENCES account ON DELETE CASCADE
        """)
    _notifications()
    _channels()
    _digests()


def _notifications() -> None:
    op.execute("""
        ALTER TABLE notification
            ALTER COLUMN member_id DROP NOT NULL,
            ADD CHECK (num_nonnulls(member_id, account_id) = 1),
            ADD UNIQUE (account_id, kind, about_id)
    """)
    op.execute("CREATE INDEX notification_account ON notification (account_id, created_at, id)")


def _channels() -> None:
    op.execute("""
        ALTER TABLE notification_channel
            DROP CONSTRAINT notification_channel_pkey,
            ALTER COLUMN member_id DROP NOT NULL,
            ADD COLUMN id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
            ADD CHECK (num_nonnulls(member_id, account_id) = 1),
            ADD UNIQUE (member_id, kind),
            ADD UNIQUE (account_id, kind)
    """)
    op.execute("ALTER TABLE notification_channel ALTER COLUMN kind SET NOT NULL")
    # The log names a row by its key, which is another one now.
    op.execute("SELECT audit.watch('notification_channel')")


def _digests() -> None:
    op.execute("""
        ALTER TABLE digest
            DROP CONSTRAINT digest_pkey,
            ALTER COLUMN member_id DROP NOT NULL,
            ADD COLUMN id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
            ADD CHECK (num_nonnulls(member_id, account_id) = 1),
            ADD UNIQUE (member_id, digest, day),
            ADD UNIQUE (account_id, digest, day)
    """)
    op.execute("""
        ALTER TABLE digest ALTER COLUMN digest SET NOT NULL, ALTER COLUMN day SET NOT NULL
    """)
