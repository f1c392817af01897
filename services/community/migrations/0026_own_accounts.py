"""Authenticator apps, e-mail addresses that wait to be confirmed, and lines on members' rights."""

from alembic import op

revision = "community_0026"
down_revision = "community_0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE totp (
            account_id uuid PRIMARY KEY REFERENCES account ON DELETE CASCADE,
            secret bytea NOT NULL CHECK (octet_length(secret) >= 20),
            confirmed_at timestamptz,
            last_step bigint NOT NULL DEFAULT 0,
            failures smallint NOT NULL DEFAULT 0,
            paused_until timestamptz
        )
    """)
    op.execute("""
        CREATE TABLE recovery_code (
            sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
            account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE
        )
    """)
    op.execute("CREATE INDEX recovery_code_account ON recovery_code (account_id)")
    op.execute("""
        CREATE TABLE email_change (
            secret_sha256 text PRIMARY KEY CHECK (secret_sha256 ~ '^[0-9a-f]{64}$'),
            member_id uuid NOT NULL REFERENCES member,
            email text NOT NULL CHECK (email = lower(email)),
            expires_at timestamptz NOT NULL
        )
    """)
    op.execute("CREATE INDEX email_change_member ON email_change (member_id)")
    for table in ("capital_movement", "erasure", "invitation"):
        op.execute(f"SELECT audit.watch('{table}')")
    op.execute("SELECT audit.watch('totp', silent => '{last_step,failures}')")
