"""Members can be erased; what is kept of it has no personal data."""

from alembic import op

revision = "community_0014"
down_revision = "community_0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE member ADD COLUMN erased_at timestamptz")
    op.execute("""
        CREATE TABLE erasure (
            member_id uuid PRIMARY KEY REFERENCES member,
            requested_at timestamptz NOT NULL,
            requested_by text NOT NULL,
            executed_at timestamptz,
            executed_by text,
            erased jsonb,
            kept jsonb,
            CHECK (num_nulls(executed_at, executed_by, erased, kept) IN (0, 4))
        )
    """)
    _stays_erased()


def _stays_erased() -> None:
    op.execute("""
        CREATE FUNCTION keep_erased_member() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF to_jsonb(NEW) - 'consents_revision' <> to_jsonb(OLD) - 'consents_revision' THEN
                RAISE EXCEPTION 'a member who was erased stays so'
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER member_erased_kept BEFORE UPDATE ON member
        FOR EACH ROW WHEN (OLD.erased_at IS NOT NULL) EXECUTE FUNCTION keep_erased_member()
    """)
