"""Gaps: settlement steps to measure them by, estimates in place of them, and asking again."""

from alembic import op

revision = "ingest_0005"
down_revision = "ingest_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE perimeter_step (
            operation_id text NOT NULL REFERENCES perimeter,
            valid_from date NOT NULL,
            step_min smallint NOT NULL,
            PRIMARY KEY (operation_id, valid_from)
        )
    """)
    op.execute("""
        CREATE TABLE estimation (
            id uuid PRIMARY KEY,
            operation_id text NOT NULL,
            from_day date NOT NULL,
            to_day date NOT NULL,
            methods text[] NOT NULL,
            asked_by text NOT NULL,
            asked_at timestamptz NOT NULL,
            steps_filled integer NOT NULL,
            steps_left integer NOT NULL,
            withdrawn_by text,
            withdrawn_at timestamptz,
            CHECK (from_day < to_day),
            CHECK ((withdrawn_by IS NULL) = (withdrawn_at IS NULL))
        )
    """)
    op.execute("CREATE INDEX estimation_operation ON estimation (operation_id, asked_at)")
    # How steps of a block were estimated; the values themselves are in the revision it made.
    op.execute("""
        CREATE TABLE estimate (
            estimation_id uuid NOT NULL REFERENCES estimation,
            prm text NOT NULL,
            direction text NOT NULL,
            day date NOT NULL,
            step_min smallint NOT NULL,
            method text NOT NULL,
            revision integer NOT NULL,
            slots smallint[] NOT NULL,
            replaced text NOT NULL CHECK (length(replaced) = cardinality(slots)),
            input_days date[] NOT NULL,
            input_prms text[] NOT NULL,
            PRIMARY KEY (estimation_id, prm, direction, day, step_min, method)
        )
    """)
    op.execute("CREATE INDEX estimate_block ON estimate (prm, direction, day, step_min)")
    # Stamped while the locks are held, so that a later revision never has an earlier time.
    op.execute("""
        ALTER TABLE reading_block
            ALTER recorded_at SET DEFAULT clock_timestamp(),
            ALTER delivery_id DROP NOT NULL,
            ADD COLUMN estimation_id uuid REFERENCES estimation,
            ADD CHECK (num_nonnulls(delivery_id, estimation_id) = 1)
    """)
    op.execute("""
        CREATE INDEX reading_block_estimated ON reading_block (prm, day)
        WHERE strpos(natures, 'i') > 0
    """)
    op.execute("""
        CREATE TABLE re_request (
            id uuid PRIMARY KEY,
            operation_id text NOT NULL,
            prm text NOT NULL,
            direction text NOT NULL,
            from_day date NOT NULL,
            to_day date NOT NULL,
            flow text NOT NULL,
            status text NOT NULL
                CHECK (status IN ('waiting', 'resolved', 'withdrawn', 'given_up')),
            asked_by text NOT NULL,
            created_at timestamptz NOT NULL,
            attempts integer NOT NULL DEFAULT 0,
            last_attempt_at timestamptz,
            last_problem text,
            next_attempt_at timestamptz,
            closed_at timestamptz,
            CHECK (from_day < to_day),
            CHECK ((status = 'waiting') = (closed_at IS NULL))
        )
    """)
    op.execute("""
        CREATE INDEX re_request_waiting ON re_request (prm, direction) WHERE status = 'waiting'
    """)
    op.execute("""
        CREATE INDEX re_request_due ON re_request (flow, next_attempt_at)
        WHERE status = 'waiting'
    """)
    op.execute("CREATE INDEX re_request_operation ON re_request (operation_id, from_day)")
