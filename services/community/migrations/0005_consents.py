"""What members said about the curves of their points."""

from alembic import op

revision = "community_0005"
down_revision = "community_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE member ADD COLUMN consents_revision integer NOT NULL DEFAULT 0")
    # Rows are only added, and withdrawn once: this is the proof of what was allowed and when.
    op.execute("""
        CREATE TABLE consent (
            id uuid PRIMARY KEY,
            member_id uuid NOT NULL REFERENCES member,
            prm text NOT NULL REFERENCES point,
            purpose text NOT NULL CHECK (purpose IN ('collection', 'display')),
            granularity text NOT NULL CHECK (granularity IN ('load_curve', 'daily')),
            answer text NOT NULL CHECK (answer IN ('granted', 'refused')),
            valid_from date NOT NULL,
            valid_to date NOT NULL CHECK (valid_to > valid_from),
            proof_reference text,
            proof_sha256 text CHECK (proof_sha256 ~ '^[0-9a-f]{64}$'),
            recorded_at timestamptz NOT NULL,
            recorded_by text NOT NULL,
            withdrawn_on date,
            withdrawn_at timestamptz,
            withdrawn_by text,
            CHECK ((proof_reference IS NULL) = (proof_sha256 IS NULL)),
            CHECK (num_nulls(withdrawn_on, withdrawn_at, withdrawn_by) IN (0, 3))
        )
    """)
    op.execute("CREATE INDEX consent_member ON consent (member_id)")
    op.execute("CREATE INDEX consent_prm ON consent (prm)")
