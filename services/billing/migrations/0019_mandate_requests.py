"""Members ask to pay by direct debit; a mandate is made once who collects has confirmed it."""

from alembic import op

revision = "billing_0019"
down_revision = "billing_0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE mandate_request (
            id uuid PRIMARY KEY,
            creditor_id uuid NOT NULL,
            debtor_id uuid NOT NULL,
            holder text NOT NULL,
            iban text,
            account_end text NOT NULL CHECK (length(account_end) = 4),
            language text NOT NULL CHECK (language IN ('fr', 'en')),
            agreed_text text NOT NULL,
            asked_at timestamptz NOT NULL,
            answered_at timestamptz,
            declined_because text,
            CONSTRAINT mandate_request_iban CHECK ((iban IS NULL) = (answered_at IS NOT NULL)),
            CONSTRAINT mandate_request_answer
                CHECK (declined_because IS NULL OR answered_at IS NOT NULL)
        )
    """)
    op.execute("""
        CREATE UNIQUE INDEX mandate_request_waiting ON mandate_request (creditor_id, debtor_id)
        WHERE answered_at IS NULL
    """)
    op.execute("CREATE INDEX mandate_request_debtor ON mandate_request (debtor_id, asked_at, id)")
    op.execute("SELECT audit.watch('mandate_request', silent => '{agreed_text,holder,account_end}')")
