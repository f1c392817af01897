"""Pulling from the DSO's APIs: what is asked, and how fast."""

from alembic import op

revision = "ingest_0011"
down_revision = "ingest_0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE pull_source (
            source text PRIMARY KEY,
            next_at timestamptz NOT NULL,
            full_at timestamptz NOT NULL,
            planned_to date
        )
    """)
    op.execute("""
        CREATE TABLE pull_job (
            id uuid PRIMARY KEY,
            source text NOT NULL,
            resource text NOT NULL,
            operation_id text,
            prm text,
            direction text,
            from_day date NOT NULL,
            to_day date NOT NULL,
            asked_by text NOT NULL,
            re_request_id uuid REFERENCES re_request,
            state text NOT NULL
                CHECK (state IN ('waiting', 'done', 'refused', 'failed', 'withdrawn')),
            created_at timestamptz NOT NULL,
            attempts integer NOT NULL,
            next_attempt_at timestamptz,
            last_problem text,
            body_sha256 text,
            delivery_id uuid REFERENCES delivery,
            closed_at timestamptz,
            CHECK (from_day < to_day),
            CHECK ((state = 'waiting') = (closed_at IS NULL)),
            CHECK ((state = 'waiting') = (next_attempt_at IS NOT NULL))
        )
    """)
    # A question that waits is not asked twice.
    op.execute("""
        CREATE UNIQUE INDEX pull_job_waiting ON pull_job
            (source, resource, operation_id, prm, direction, from_day, to_day)
        NULLS NOT DISTINCT WHERE state = 'waiting'
    """)
    op.execute("""
        CREATE INDEX pull_job_due ON pull_job (source, next_attempt_at) WHERE state = 'waiting'
    """)
    # The same answer to the same question is one delivery.
    op.execute("""
        CREATE INDEX pull_job_answer ON pull_job (body_sha256) WHERE body_sha256 IS NOT NULL
    """)
    op.execute("CREATE INDEX pull_job_point ON pull_job (prm, source, closed_at)")
    op.execute("CREATE INDEX pull_job_re_request ON pull_job (re_request_id)")
    op.execute("CREATE INDEX pull_job_newest ON pull_job (created_at)")
