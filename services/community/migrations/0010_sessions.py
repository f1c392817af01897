"""Sessions: what a log-in opens, and the refresh tokens that keep it going."""

from alembic import op

revision = "community_0010"
down_revision = "community_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE session (
            id uuid PRIMARY KEY,
            account_id uuid NOT NULL REFERENCES account,
            device text NOT NULL,
            began_at timestamptz NOT NULL,
            last_used_on date NOT NULL,
            expires_at timestamptz NOT NULL CHECK (expires_at > began_at),
            revoked_at timestamptz
        )
    """)
    op.execute("CREATE INDEX session_account ON session (account_id)")
    op.execute("CREATE INDEX session_revoked ON session (revoked_at)")
    op.execute("CREATE INDEX session_expires ON session (expires_at)")
    op.execute("""
        CREATE FUNCTION keep_session() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at THEN
                RAISE EXCEPTION 'a session that was revoked stays so'
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER session_kept BEFORE UPDATE ON session
        FOR EACH ROW EXECUTE FUNCTION keep_session()
    """)
    # Those that were spent stay as long as the session: who comes with one again has stolen it,
    # or was robbed of it.
    op.execute("""
        CREATE TABLE refresh_token (
            sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
            session_id uuid NOT NULL REFERENCES session ON DELETE CASCADE,
            spent_at timestamptz
        )
    """)
    op.execute("CREATE INDEX refresh_token_session ON refresh_token (session_id)")
    op.execute("""
        CREATE UNIQUE INDEX refresh_token_unspent ON refresh_token (session_id)
        WHERE spent_at IS NULL
    """)
