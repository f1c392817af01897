"""Conventions with the DSO."""

from alembic import op

revision = "community_0017"
down_revision = "community_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _conventions()


def _conventions() -> None:
    op.execute("""
        CREATE TABLE convention (
            operation_id text PRIMARY KEY REFERENCES operation,
            dso_contract_id text,
            signed_on date,
            valid_from date,
            valid_to date,
            entry_notice_working_days smallint NOT NULL
                CHECK (entry_notice_working_days BETWEEN 0 AND 120),
            exit_notice_working_days smallint NOT NULL
                CHECK (exit_notice_working_days BETWEEN 0 AND 120),
            coefficients_due_working_days smallint
                CHECK (coefficients_due_working_days BETWEEN 1 AND 60),
            closing_due_working_days smallint NOT NULL
                CHECK (closing_due_working_days BETWEEN 1 AND 60),
            declared_by text NOT NULL CHECK (declared_by IN ('organiser', 'staff')),
            recorded_at timestamptz NOT NULL,
            recorded_by text NOT NULL,
            CHECK (valid_to > valid_from)
        )
    """)
