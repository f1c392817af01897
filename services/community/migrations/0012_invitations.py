"""Invitations to open an account, and links that log in."""

from alembic import op

revision = "community_0012"
down_revision = "community_0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE invitation (
            id uuid PRIMARY KEY,
            email text NOT NULL CHECK (email = lower(email)),
            roles text[] NOT NULL CHECK (cardinality(roles) > 0),
            operations text[] NOT NULL,
            member_id uuid REFERENCES member,
            secret_sha256 text NOT NULL UNIQUE CHECK (secret_sha256 ~ '^[0-9a-f]{64}$'),
            invited_at timestamptz NOT NULL,
            invited_by text NOT NULL,
            expires_at timestamptz NOT NULL CHECK (expires_at > invited_at),
            accepted_at timestamptz,
            account_id uuid REFERENCES account,
            withdrawn_at timestamptz,
            CHECK ((accepted_at IS NULL) = (account_id IS NULL)),
            CHECK (accepted_at IS NULL OR withdrawn_at IS NULL)
        )
    """)
    op.execute("CREATE INDEX invitation_invited ON invitation (invited_at, id)")
    op.execute("CREATE INDEX invitation_email ON invitation (email)")
    op.execute("CREATE INDEX account_operations ON account USING gin (operations)")
    op.execute("""
        CREATE TABLE log_in_link (
            secret_sha256 text PRIMARY KEY CHECK (secret_sha256 ~ '^[0-9a-f]{64}$'),
            account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
            expires_at timestamptz NOT NULL
        )
    """)
    op.execute("CREATE INDEX log_in_link_account ON log_in_link (account_id, expires_at)")
    op.execute("CREATE INDEX log_in_link_expires ON log_in_link (expires_at)")
