"""Who sells and buys: kinds of members, issuer profiles, accise regimes; both in versions."""

from alembic import op

revision = "billing_0002"
down_revision = "billing_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # NULL until the community service tells it again (its migration 0006).
    op.execute("""
        ALTER TABLE member
            ADD COLUMN kind text CHECK (kind IN ('household', 'company', 'public_body'))
    """)
    op.execute("""
        CREATE TABLE issuer_profile (
            member_id uuid NOT NULL,
            number integer NOT NULL CHECK (number > 0),
            recorded_at timestamptz NOT NULL,
            profile jsonb NOT NULL,
            PRIMARY KEY (member_id, number)
        )
    """)
    op.execute("""
        CREATE TABLE accise_regime (
            operation_id text NOT NULL CHECK (operation_id ~ '^ACC[0-9]{8}$'),
            number integer NOT NULL CHECK (number > 0),
            recorded_at timestamptz NOT NULL,
            entry jsonb NOT NULL,
            PRIMARY KEY (operation_id, number)
        )
    """)
    _keep_versions()


def _keep_versions() -> None:
    op.execute("""
        CREATE FUNCTION refuse_change_of_version() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'a version of % never changes: record another', TG_TABLE_NAME
                USING ERRCODE = 'restrict_violation';
        END
        $$
    """)
    for table in ("issuer_profile", "accise_regime"):
        op.execute(f"""
            CREATE TRIGGER version_kept BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION refuse_change_of_version()
        """)
