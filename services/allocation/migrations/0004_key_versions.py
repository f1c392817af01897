"""Sharing keys are versions with a life, from a draft to the day another takes their place."""

from alembic import op

revision = "allocation_0004"
down_revision = "allocation_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE sharing_key RENAME TO key_period")
    op.execute("ALTER TABLE key_period DROP CONSTRAINT sharing_key_overlap")
    op.execute("ALTER TABLE key_period RENAME CONSTRAINT sharing_key_pkey TO key_period_pkey")
    _create_versions()
    # Keys were in force as soon as they were set; who did it was not kept.
    op.execute("""
        INSERT INTO sharing_key
        SELECT
            operation_id, gen_random_uuid(),
            row_number() OVER (PARTITION BY operation_id ORDER BY valid_from), 'active',
            valid_from, CASE WHEN open_ended THEN NULL ELSE valid_to END, valid_to, definition,
            NULL, 'unknown', now(), 'unknown', now(), 'unknown', valid_from, 'unknown', now()
        FROM key_period
    """)
    op.execute("DROP TABLE key_period")


def _create_versions() -> None:
    # A range of one number stands for equality, which GiST has for scalars only with btree_gist.
    op.execute("""
        CREATE TABLE sharing_key (
            operation_id text NOT NULL CHECK (operation_id ~ '^ACC[0-9]{8}$'),
            id uuid NOT NULL,
            number integer NOT NULL CHECK (number > 0),
            state text NOT NULL
                CHECK (state IN ('draft', 'approved', 'declared', 'active', 'superseded')),
            valid_from date NOT NULL,
            valid_to date CHECK (valid_from < valid_to),
            in_force_to date CHECK (valid_from <= in_force_to),
            definition jsonb NOT NULL,
            poll_id uuid,
            drafted_by text NOT NULL,
            drafted_at timestamptz NOT NULL,
            approved_by text,
            approved_at timestamptz,
            declared_by text,
            declared_on date,
            activated_by text,
            activated_at timestamptz,
            PRIMARY KEY (operation_id, id),
            UNIQUE (operation_id, number),
            CONSTRAINT sharing_key_says_who_and_when CHECK (
                num_nonnulls(
                    approved_by, approved_at, declared_by, declared_on, activated_by, activated_at
                ) = CASE state WHEN 'draft' THEN 0 WHEN 'approved' THEN 2 WHEN 'declared' THEN 4
                    ELSE 6 END
            ),
            CONSTRAINT sharing_key_overlap EXCLUDE USING gist (
                int8range(
                    substr(operation_id, 4)::bigint, substr(operation_id, 4)::bigint, '[]'
                ) WITH &&,
                daterange(valid_from, in_force_to) WITH &&
            ) WHERE (state = 'active')
        )
    """)
