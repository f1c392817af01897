"""What a group did in a challenge is kept in whole percent, rounded once.

Of what is final already only the permille is known. A database that a version of some days of
November 2026 made has the column by its new name.
"""

from alembic import op

revision = "community_0038"
down_revision = "community_0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE OR REPLACE FUNCTION keep_challenge() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.state <> 'draft' AND (
                NEW.state = 'draft'
                OR OLD.state IN ('cancelled', 'frozen') AND NEW.state <> OLD.state
                OR OLD.state = 'frozen'
                    AND NEW.group_effort_percent IS DISTINCT FROM OLD.group_effort_percent
                OR (NEW.operation_id, NEW.title, NEW.text, NEW.kind, NEW.first_day, NEW.last_day,
                    NEW.windows, NEW.weekdays, NEW.target_percent, NEW.baseline_weeks,
                    NEW.freeze_after_days)
                    IS DISTINCT FROM
                    (OLD.operation_id, OLD.title, OLD.text, OLD.kind, OLD.first_day, OLD.last_day,
                    OLD.windows, OLD.weekdays, OLD.target_percent, OLD.baseline_weeks,
                    OLD.freeze_after_days)
            ) THEN
                RAISE EXCEPTION 'a challenge that was announced stays as it is'
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $$
    """)
    op.execute("""
        DO $$
        BEGIN
            IF EXISTS (
                SELECT FROM information_schema.columns
                WHERE table_schema = current_schema() AND table_name = 'challenge'
                    AND column_name = 'group_effort_permille'
            ) THEN
                ALTER TABLE challenge RENAME COLUMN group_effort_permille TO group_effort_percent;
                ALTER TABLE challenge DISABLE TRIGGER USER;
                UPDATE challenge SET group_effort_percent = round(group_effort_percent / 10.0)
                WHERE group_effort_percent IS NOT NULL;
                ALTER TABLE challenge ENABLE TRIGGER USER;
            END IF;
        END $$
    """)
