"""Consents, who read which curve, purges, and what is left of purged curves."""

from alembic import op

revision = "ingest_0010"
down_revision = "ingest_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE TABLE consent_list (member_id uuid PRIMARY KEY, revision integer NOT NULL)")
    op.execute("""
        CREATE TABLE consent (
            id uuid PRIMARY KEY,
            member_id uuid NOT NULL REFERENCES consent_list,
            prm text NOT NULL,
            purpose text NOT NULL,
            granularity text NOT NULL,
            is_granted boolean NOT NULL,
            valid_from date NOT NULL,
            valid_to date NOT NULL,
            withdrawn_on date
        )
    """)
    op.execute("CREATE INDEX consent_prm ON consent (prm)")
    op.execute("CREATE INDEX consent_member ON consent (member_id)")
    op.execute("""
        CREATE TABLE curve_access (
            number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            read_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            subject text NOT NULL,
            role text NOT NULL,
            prm text NOT NULL,
            from_day date NOT NULL,
            to_day date NOT NULL,
            as_of timestamptz,
            route text NOT NULL
        )
    """)
    op.execute("CREATE INDEX curve_access_prm ON curve_access (prm, number)")
    op.execute("CREATE INDEX curve_access_read_at ON curve_access (read_at)")
    op.execute("""
        CREATE TABLE monthly_energy (
            prm text NOT NULL,
            direction text NOT NULL,
            month date NOT NULL CHECK (extract(day FROM month) = 1),
            energy_wmin bigint NOT NULL,
            missing_min integer NOT NULL,
            days smallint[] NOT NULL CHECK (cardinality(days) > 0),
            PRIMARY KEY (prm, direction, month)
        )
    """)
    op.execute("""
        CREATE TABLE purge (
            day date NOT NULL,
            kind text NOT NULL,
            kept_from date NOT NULL,
            removed bigint NOT NULL,
            first_day date,
            last_day date,
            started_at timestamptz NOT NULL,
            finished_at timestamptz,
            PRIMARY KEY (day, kind)
        )
    """)
    # Old days are found without an index entry for each block: days come about in order.
    op.execute("CREATE INDEX reading_block_day ON reading_block USING brin (day)")
    op.execute("CREATE INDEX result_curve_day ON result_curve USING brin (day)")
    op.execute("ALTER TABLE delivery ADD COLUMN file_purged_at timestamptz")
