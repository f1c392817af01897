"""As which member somebody is logged in at the co-op's own issuer, so that an erasure ends it."""

from alembic import op

revision = "community_0046"
down_revision = "community_0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # No foreign key: the issuer may name a member that is not recorded here.
    op.execute("ALTER TABLE issuer_session ADD member_id uuid")
    op.execute("CREATE INDEX issuer_session_member ON issuer_session (member_id)")
