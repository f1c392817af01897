"""Sign-ups: who asks, without an account, to take part in an operation."""

from alembic import op

revision = "community_0033"
down_revision = "community_0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE sign_up (
            id uuid PRIMARY KEY,
            operation_id text NOT NULL REFERENCES operation,
            kind text NOT NULL CHECK (kind IN ('household', 'company', 'public_body')),
            name text NOT NULL,
            address text NOT NULL,
            email text NOT NULL CHECK (email = lower(email)),
            phone text,
            siren text CHECK (siren ~ '^[0-9]{9}$'),
            prm text CHECK (prm ~ '^[0-9]{14}$'),
            direction text NOT NULL CHECK (direction IN ('consumption', 'production')),
            words text,
            language text NOT NULL CHECK (language IN ('fr', 'en')),
            asked_at timestamptz NOT NULL,
            secret_sha256 text NOT NULL UNIQUE CHECK (secret_sha256 ~ '^[0-9a-f]{64}$'),
            expires_at timestamptz NOT NULL,
            confirmed_at timestamptz,
            state text NOT NULL CHECK (state IN ('unconfirmed', 'waiting', 'accepted', 'refused')),
            decided_at timestamptz,
            decided_by text,
            reason text,
            member_id uuid REFERENCES member,
            enrolment_id uuid REFERENCES enrolment,
            touched_at timestamptz NOT NULL,
            CHECK ((state = 'unconfirmed') = (confirmed_at IS NULL)),
            CHECK (num_nulls(decided_at, decided_by) IN (0, 2)),
            CHECK ((state IN ('accepted', 'refused')) = (decided_at IS NOT NULL)),
            CHECK ((state = 'refused') = (reason IS NOT NULL)),
            CHECK (num_nulls(member_id, enrolment_id) IN (0, 2)),
            CHECK ((state = 'accepted') = (member_id IS NOT NULL))
        )
    """)
    op.execute("CREATE INDEX sign_up_operation ON sign_up (operation_id, id)")
    op.execute("CREATE INDEX sign_up_email ON sign_up (email)")
    op.execute("CREATE INDEX sign_up_member ON sign_up (member_id)")
    op.execute("CREATE INDEX sign_up_touched ON sign_up (touched_at)")
    op.execute("""
        CREATE FUNCTION keep_answered_sign_up() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'a sign-up that was answered does not change'
                USING ERRCODE = 'integrity_constraint_violation';
        END $$
    """)
    op.execute("""
        CREATE TRIGGER sign_up_kept BEFORE UPDATE ON sign_up FOR EACH ROW
        WHEN (OLD.state IN ('accepted', 'refused')) EXECUTE FUNCTION keep_answered_sign_up()
    """)
    # What is purged, or was never confirmed, must not live on in lines about it.
    op.execute("SELECT audit.watch('sign_up', silent => '{touched_at}', people_only => true)")
