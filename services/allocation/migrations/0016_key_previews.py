"""Who is asked in polls about draft keys, and what these would have given them."""

from alembic import op

revision = "allocation_0016"
down_revision = "allocation_0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE key_poll (
            poll_id uuid PRIMARY KEY,
            operation_id text NOT NULL,
            key_id uuid NOT NULL,
            opened_at timestamptz NOT NULL,
            voters uuid[] NOT NULL
        )
    """)
    op.execute("CREATE INDEX key_poll_key ON key_poll (operation_id, key_id)")
    op.execute("""
        CREATE TABLE key_preview (
            operation_id text NOT NULL,
            key_id uuid NOT NULL,
            asked_at timestamptz NOT NULL,
            waiting text[] NOT NULL,
            failure text,
            PRIMARY KEY (operation_id, key_id),
            FOREIGN KEY (operation_id, key_id) REFERENCES sharing_key ON DELETE CASCADE
        )
    """)
    op.execute("""
        CREATE INDEX key_preview_turn ON key_preview (asked_at)
        WHERE waiting <> '{}' AND failure IS NULL
    """)
    op.execute("""
        CREATE TABLE key_preview_part (
            operation_id text NOT NULL,
            key_id uuid NOT NULL,
            month text NOT NULL,
            prm text NOT NULL,
            member_id uuid NOT NULL,
            days integer NOT NULL CHECK (days > 0),
            consumption_wmin bigint NOT NULL,
            in_force_wmin bigint NOT NULL CHECK (in_force_wmin BETWEEN 0 AND consumption_wmin),
            draft_wmin bigint NOT NULL CHECK (draft_wmin BETWEEN 0 AND consumption_wmin),
            PRIMARY KEY (operation_id, key_id, month, prm, member_id),
            FOREIGN KEY (operation_id, key_id) REFERENCES key_preview ON DELETE CASCADE
        )
    """)
