"""Notifications to members, their channels and digests; reminders of polls."""

from alembic import op

revision = "community_0015"
down_revision = "community_0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE notification (
            id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
            member_id uuid NOT NULL REFERENCES member ON DELETE CASCADE,
            kind text NOT NULL,
            about_id uuid NOT NULL,
            operation_id text,
            title text NOT NULL CHECK (title !~ '[\\r\\n]'),
            text text NOT NULL,
            link text NOT NULL CHECK (link ~ '^/[^\\s]*$'),
            channel text NOT NULL CHECK (channel IN ('email', 'daily', 'weekly', 'in_app')),
            created_at timestamptz NOT NULL,
            seen_at timestamptz,
            mailed_at timestamptz,
            UNIQUE (member_id, kind, about_id)
        )
    """)
    op.execute("CREATE INDEX notification_member ON notification (member_id, created_at, id)")
    op.execute("CREATE INDEX notification_unseen ON notification (member_id) WHERE seen_at IS NULL")
    op.execute("CREATE INDEX notification_created ON notification (created_at)")
    op.execute("CREATE INDEX notification_about ON notification (about_id)")
    op.execute("""
        CREATE INDEX notification_due ON notification (channel, created_at)
        WHERE mailed_at IS NULL AND channel <> 'in_app'
    """)
    # What was seen is in no digest: it would be passed over each second, for years.
    op.execute("""
        CREATE INDEX notification_digest ON notification (channel, created_at)
        WHERE mailed_at IS NULL AND channel <> 'in_app' AND seen_at IS NULL
    """)
    op.execute("""
        CREATE TABLE notification_channel (
            member_id uuid REFERENCES member ON DELETE CASCADE,
            kind text,
            channel text NOT NULL
                CHECK (channel IN ('email', 'daily', 'weekly', 'in_app', 'none')),
            PRIMARY KEY (member_id, kind)
        )
    """)
    op.execute("""
        CREATE TABLE digest (
            member_id uuid REFERENCES member ON DELETE CASCADE,
            digest text CHECK (digest IN ('daily', 'weekly')),
            day date CHECK (digest = 'daily' OR extract(isodow FROM day) = 1),
            PRIMARY KEY (member_id, digest, day)
        )
    """)
    op.execute("CREATE INDEX digest_day ON digest (day)")
    op.execute("CREATE TABLE poll_reminder (poll_id uuid PRIMARY KEY REFERENCES poll)")
