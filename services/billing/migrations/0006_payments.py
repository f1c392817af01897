"""Getting paid: creditors, mandates, collections, payouts, bank statements, reminders."""

from alembic import op

revision = "billing_0006"
down_revision = "billing_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_creditors()
    _create_payment_files()
    _create_bank_transactions()
    _create_reminders()


def _create_creditors() -> None:
    op.execute("""
        CREATE TABLE creditor (
            member_id uuid PRIMARY KEY,
            name text NOT NULL,
            iban text NOT NULL,
            bic text,
            ics text,
            collected_by uuid CHECK (collected_by <> member_id),
            edition smallint NOT NULL CHECK (edition IN (2009, 2019)),
            notice_days smallint NOT NULL CHECK (notice_days >= 1)
        )
    """)
    op.execute("""
        CREATE TABLE mandate (
            id uuid PRIMARY KEY,
            creditor_id uuid NOT NULL,
            debtor_id uuid NOT NULL,
            rum text NOT NULL CHECK (length(rum) BETWEEN 1 AND 35),
            signed_on date NOT NULL,
            holder text NOT NULL,
            iban text NOT NULL,
            bic text,
            revoked_on date,
            blocked_by text,
            CONSTRAINT mandate_rum UNIQUE (creditor_id, rum)
        )
    """)
    op.execute("""
        CREATE UNIQUE INDEX mandate_in_force ON mandate (creditor_id, debtor_id)
        WHERE revoked_on IS NULL
    """)
    op.execute("CREATE INDEX mandate_debtor ON mandate (debtor_id)")


def _create_payment_files() -> None:
    for name in ("collection", "payout"):
        op.execute(f"""
            CREATE TABLE {name} (
                id uuid PRIMARY KEY,
                creditor_id uuid NOT NULL,
                day date NOT NULL,
                {"notified_on date NOT NULL," if name == "collection" else ""}
                created_at timestamptz NOT NULL,
                transaction_count integer NOT NULL CHECK (transaction_count > 0),
                total_cents bigint NOT NULL CHECK (total_cents > 0),
                content text NOT NULL,
                content_hash text NOT NULL,
                cancelled_on date
            )
        """)
        op.execute(f"CREATE INDEX {name}_creditor ON {name} (creditor_id)")
    op.execute("""
        CREATE TABLE collection_item (
            id uuid PRIMARY KEY,
            collection_id uuid NOT NULL REFERENCES collection (id),
            invoice_id uuid NOT NULL REFERENCES invoice (id),
            mandate_id uuid NOT NULL REFERENCES mandate (id),
            amount_cents bigint NOT NULL CHECK (amount_cents > 0),
            sequence_type text NOT NULL CHECK (sequence_type IN ('FRST', 'RCUR')),
            received_on date,
            returned_on date,
            return_reason text,
            cancelled_on date
        )
    """)
    # Until its outcome is known, an invoice is in one collection at most.
    op.execute("""
        CREATE UNIQUE INDEX collection_item_pending ON collection_item (invoice_id)
        WHERE received_on IS NULL AND returned_on IS NULL AND cancelled_on IS NULL
    """)
    op.execute("CREATE INDEX collection_item_collection ON collection_item (collection_id)")
    op.execute("CREATE INDEX collection_item_mandate ON collection_item (mandate_id)")
    op.execute("""
        CREATE TABLE payout_item (
            id uuid PRIMARY KEY,
            payout_id uuid NOT NULL REFERENCES payout (id),
            payee_id uuid NOT NULL,
            amount_cents bigint NOT NULL CHECK (amount_cents > 0),
            executed_on date,
            returned_on date,
            cancelled_on date
        )
    """)
    op.execute("CREATE INDEX payout_item_payout ON payout_item (payout_id)")


def _create_bank_transactions() -> None:
    op.execute("""
        CREATE TABLE bank_statement (
            creditor_id uuid NOT NULL,
            file_hash text NOT NULL,
            imported_at timestamptz NOT NULL,
            PRIMARY KEY (creditor_id, file_hash)
        )
    """)
    op.execute("""
        CREATE TABLE bank_transaction (
            id uuid PRIMARY KEY,
            creditor_id uuid NOT NULL,
            booked_on date NOT NULL,
            amount_cents bigint NOT NULL CHECK (amount_cents <> 0),
            reference text NOT NULL,
            end_to_end_id text,
            rum text,
            batch_id text,
            remittance text,
            party_name text,
            party_iban text,
            return_reason text,
            matched_by text
        )
    """)
    op.execute("CREATE INDEX bank_transaction_creditor ON bank_transaction (creditor_id, booked_on)")


def _create_reminders() -> None:
    op.execute("""
        CREATE TABLE reminder_policy (
            issuer_id uuid NOT NULL,
            valid_from date NOT NULL,
            levels jsonb NOT NULL,
            PRIMARY KEY (issuer_id, valid_from)
        )
    """)
    op.execute("""
        CREATE TABLE reminder (
            invoice_id uuid NOT NULL REFERENCES invoice (id),
            level smallint NOT NULL CHECK (level > 0),
            day date NOT NULL,
            open_cents bigint NOT NULL CHECK (open_cents > 0),
            PRIMARY KEY (invoice_id, level)
        )
    """)
    op.execute("""
        CREATE TABLE write_off (
            id uuid PRIMARY KEY,
            invoice_id uuid NOT NULL REFERENCES invoice (id),
            kind text NOT NULL CHECK (kind IN ('doubtful', 'lost')),
            amount_cents bigint NOT NULL CHECK (amount_cents > 0),
            day date NOT NULL,
            reason text NOT NULL CHECK (length(reason) > 0)
        )
    """)
    op.execute("CREATE INDEX write_off_invoice ON write_off (invoice_id)")
