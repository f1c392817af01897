"""Series of gatherings; who came to a gathering, its minutes and decisions, and how many came once nobody knows who."""

from alembic import op

revision = "community_0021"
down_revision = "community_0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _series()
    op.execute("ALTER TABLE gathering ADD COLUMN kept_counts jsonb")
    op.execute("""
        CREATE INDEX gathering_with_names ON gathering (ends_at) WHERE kept_counts IS NULL
    """)
    op.execute("""
        CREATE TABLE gathering_attendance (
            gathering_id uuid NOT NULL REFERENCES gathering ON DELETE CASCADE,
            member_id uuid NOT NULL REFERENCES member,
            guests smallint NOT NULL CHECK (guests >= 0),
            noted_at timestamptz NOT NULL,
            noted_by text NOT NULL,
            PRIMARY KEY (gathering_id, member_id)
        )
    """)
    op.execute("CREATE INDEX gathering_attendance_member ON gathering_attendance (member_id)")
    _minutes()
    _materials()


def _series() -> None:
    op.execute("""
        CREATE TABLE gathering_series (
            id uuid PRIMARY KEY,
            operation_id text REFERENCES operation,
            asked_for jsonb NOT NULL,
            made_at timestamptz NOT NULL,
            made_by text NOT NULL
        )
    """)
    op.execute("ALTER TABLE gathering ADD COLUMN series_id uuid REFERENCES gathering_series")
    op.execute("""
        CREATE INDEX gathering_series_id ON gathering (series_id) WHERE series_id IS NOT NULL
    """)


def _minutes() -> None:
    op.execute("""
        CREATE TABLE gathering_minutes (
            gathering_id uuid NOT NULL REFERENCES gathering,
            version smallint NOT NULL CHECK (version > 0),
            content text NOT NULL,
            decisions jsonb NOT NULL,
            written_at timestamptz NOT NULL,
            written_by text NOT NULL,
            published_at timestamptz,
            published_by text,
            PRIMARY KEY (gathering_id, version),
            CHECK (num_nulls(published_at, published_by) IN (0, 2))
        )
    """)
    # One draft at a time, after what is published, which stays as it was read.
    op.execute("""
        CREATE UNIQUE INDEX gathering_minutes_draft ON gathering_minutes (gathering_id)
        WHERE published_at IS NULL
    """)
    op.execute("""
        CREATE FUNCTION keep_gathering_minutes() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'INSERT' THEN
                IF NEW.version <> 1 + (
                    SELECT count(*) FROM gathering_minutes
                    WHERE gathering_id = NEW.gathering_id AND published_at IS NOT NULL
                ) THEN
                    RAISE EXCEPTION 'minutes are numbered without gaps'
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            END IF;
            IF OLD.published_at IS NOT NULL THEN
                RAISE EXCEPTION 'published minutes stay: write another version'
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN coalesce(NEW, OLD);
        END $$
    """)
    op.execute("""
        CREATE TRIGGER gathering_minutes_kept BEFORE INSERT OR UPDATE OR DELETE
        ON gathering_minutes
        FOR EACH ROW EXECUTE FUNCTION keep_gathering_minutes()
    """)


def _materials() -> None:
    op.execute("""
        CREATE TABLE gathering_material (
            id uuid PRIMARY KEY,
            gathering_id uuid NOT NULL REFERENCES gathering ON DELETE CASCADE,
            title text NOT NULL,
            url text,
            sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
            media_type text,
            byte_count bigint,
            added_at timestamptz NOT NULL,
            added_by text NOT NULL,
            CHECK (num_nulls(sha256, media_type, byte_count) IN (0, 3)),
            CONSTRAINT gathering_material_once CHECK (url IS NULL OR sha256 IS NULL)
        )
    """)
    op.execute("CREATE INDEX gathering_material_gathering ON gathering_material (gathering_id)")
