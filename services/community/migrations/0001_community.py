"""Organisers, members, points, operations and who takes part; accounts and signing keys."""

from alembic import op

revision = "community_0001"
down_revision = None
branch_labels = ("community",)
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE organiser (
            id uuid PRIMARY KEY,
            name text NOT NULL,
            address text NOT NULL
        )
    """)
    op.execute("""
        CREATE TABLE member (
            id uuid PRIMARY KEY,
            kind text NOT NULL CHECK (kind IN ('household', 'company', 'public_body')),
            name text NOT NULL,
            address text NOT NULL,
            email text,
            siren text CHECK (siren ~ '^[0-9]{9}$'),
            vat_number text,
            revision integer NOT NULL
        )
    """)
    op.execute("""
        CREATE TABLE point (
            prm text PRIMARY KEY CHECK (prm ~ '^[0-9]{14}$'),
            label text NOT NULL
        )
    """)
    op.execute("""
        CREATE TABLE operation (
            id text PRIMARY KEY CHECK (id ~ '^ACC[0-9]{8}$'),
            name text NOT NULL,
            organiser_id uuid NOT NULL REFERENCES organiser,
            step_min smallint NOT NULL CHECK (step_min IN (5, 10, 15, 30, 60)),
            valid_from date NOT NULL,
            revision integer NOT NULL
        )
    """)
    # A point takes part once at a time, in any operation and either direction.
    op.execute("""
        CREATE TABLE participation (
            operation_id text NOT NULL REFERENCES operation,
            prm text NOT NULL REFERENCES point,
            direction text NOT NULL CHECK (direction IN ('consumption', 'production')),
            member_id uuid NOT NULL REFERENCES member,
            valid_from date NOT NULL,
            valid_to date CHECK (valid_to > valid_from),
            PRIMARY KEY (operation_id, prm, valid_from),
            CONSTRAINT participation_once_at_a_time EXCLUDE USING gist (
                int8range(prm::bigint, prm::bigint, '[]') WITH &&,
                daterange(valid_from, valid_to) WITH &&
            )
        )
    """)
    op.execute("CREATE INDEX participation_member_id ON participation (member_id)")
    op.execute("CREATE INDEX participation_prm ON participation (prm)")
    op.execute("""
        CREATE TABLE account (
            id uuid PRIMARY KEY,
            email text NOT NULL UNIQUE CHECK (email = lower(email)),
            password_hash text NOT NULL,
            roles text[] NOT NULL,
            operations text[] NOT NULL,
            member_id uuid REFERENCES member,
            disabled boolean NOT NULL
        )
    """)
    op.execute("""
        CREATE TABLE signing_key (
            kid text PRIMARY KEY,
            private_jwk jsonb NOT NULL,
            created_at timestamptz NOT NULL
        )
    """)
