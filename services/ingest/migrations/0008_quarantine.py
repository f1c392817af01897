"""Quarantined records have a code, a state and the reading they hold; readings have flags."""

from alembic import op

revision = "ingest_0008"
down_revision = "ingest_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE quarantined_record
            ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
            ADD COLUMN code text NOT NULL DEFAULT 'unreadable',
            ADD COLUMN prm text,
            ADD COLUMN direction text,
            ADD COLUMN day date,
            ADD COLUMN start timestamptz,
            ADD COLUMN step_min smallint,
            ADD COLUMN power_w integer,
            ADD COLUMN nature text,
            ADD COLUMN doubtful boolean,
            ADD COLUMN published_us bigint,
            ADD COLUMN state text NOT NULL DEFAULT 'open'
                CHECK (state IN ('open', 'corrected', 'released', 'discarded')),
            ADD COLUMN decided_at timestamptz,
            ADD COLUMN decided_by text,
            ADD COLUMN decided_because text,
            ADD COLUMN replacement text,
            ADD CHECK ((state = 'open') = (decided_at IS NULL)),
            ADD CHECK ((state = 'open') = (decided_by IS NULL)),
            ADD CHECK ((state = 'corrected') = (replacement IS NOT NULL)),
            ADD CHECK (num_nulls(prm, direction, day, start, step_min, nature, doubtful,
                published_us) IN (0, 8))
    """)
    # What was refused so far has only its sentence.
    op.execute("""
        UPDATE quarantined_record SET code = CASE
            WHEN reason LIKE 'contradicts %' THEN 'contradiction'
            WHEN reason LIKE 'the PRM is not 14 digits%' THEN 'prm-malformed'
            WHEN reason LIKE 'not active power%' THEN 'not-active-power'
            WHEN reason LIKE 'the direction is neither%' THEN 'direction-unknown'
            WHEN reason LIKE 'the stamp is not a date%' THEN 'stamp-malformed'
            WHEN reason LIKE 'the step is not%' THEN 'step-unsupported'
            WHEN reason LIKE 'the stamp is a local time that was skipped%' THEN 'stamp-impossible'
            WHEN reason LIKE 'the stamp is not a whole number%'
                OR reason LIKE 'the interval does not start%' THEN 'stamp-off-step'
            WHEN reason LIKE 'the nature is none%' THEN 'nature-unknown'
            WHEN reason LIKE 'the value is not a number%' THEN 'value-not-a-number'
            WHEN reason LIKE 'the value is negative%' THEN 'value-negative'
            WHEN reason LIKE 'the value is not in whole watts%' THEN 'value-not-whole'
            WHEN reason LIKE 'the value is above%' THEN 'value-too-large'
            ELSE 'unreadable'
        END
    """)
    op.execute("ALTER TABLE quarantined_record ALTER code DROP DEFAULT")
    op.execute("""
        CREATE INDEX quarantined_record_prm ON quarantined_record (prm) WHERE prm IS NOT NULL
    """)
    op.execute("""
        CREATE INDEX quarantined_record_open ON quarantined_record (id) WHERE state = 'open'
    """)
    op.execute("""
        CREATE TABLE reading_flag (
            prm text NOT NULL,
            direction text NOT NULL,
            day date NOT NULL,
            step_min smallint NOT NULL,
            code text NOT NULL,
            slots smallint[] NOT NULL CHECK (cardinality(slots) > 0),
            PRIMARY KEY (prm, direction, day, step_min, code)
        )
    """)
    op.execute("CREATE TABLE validation (scope text PRIMARY KEY, changes jsonb NOT NULL)")
    op.execute("ALTER TABLE participation ADD COLUMN power_limit_w integer")
