"""From now on, what people say and decide here leaves lines in the audit log."""

from alembic import op

revision = "billing_0013"
down_revision = "billing_0012"
branch_labels = None
depends_on = None

# tests/billing/test_audit.py says why the others are left out.
_WATCHED = (
    "accise_regime",
    "bank_statement",
    "books",
    "collection_item",
    "correction_policy",
    "creditor",
    "creditor_account",
    "customer_routing",
    "fiscal_year_closing",
    "issuer_profile",
    "mail_policy",
    "mandate",
    "payout_item",
    "price",
    "price_discount",
    "price_fee",
    "price_list",
    "reminder",
    "reminder_policy",
    "surplus_contract",
    "write_off",
)


def upgrade() -> None:
    op.execute("""
        DO $$ BEGIN
            IF to_regnamespace('audit') IS NOT NULL THEN
                IF audit.without_secrets('{"iban": "FR"}') = '{"iban": "(secret)"}' THEN
                    RETURN;
                END IF;
            END IF;
            RAISE EXCEPTION 'run deploy/postgres.sql, or elocoop migrate, as a superuser first';
        END $$
    """)
    for table in _WATCHED:
        op.execute(f"SELECT audit.watch('{table}')")
    # What the bank is told has IBANs in it; it is known by its hash.
    for table in ("collection", "payout", "e_report"):
        op.execute(f"SELECT audit.watch('{table}', silent => '{{content}}')")
    # What a bank tells never changes, but for what it was found to be for.
    op.execute("SELECT audit.watch('bank_transaction', silent => '{party_name,remittance}')")
    op.execute("SELECT audit.watch('run', silent => '{anomalies,changed_at,document_ids}')")
    # What the service does to these by itself follows from what somebody said, or is old and goes.
    op.execute("SELECT audit.watch('supplier_offer', people_only => true)")
    op.execute("""
        SELECT audit.watch(
            'mailing', silent => '{attempts,next_at,recipients,revision}', people_only => true
        )
    """)
    op.execute("""
        SELECT audit.watch(
            'submission', silent => '{attempts,looks,next_at,receipt,sent}', people_only => true
        )
    """)
    _watch_invoices()
    # Other entries follow from what is watched.
    op.execute("""
        CREATE TRIGGER noted AFTER INSERT ON journal_entry
        FOR EACH ROW WHEN (NEW.source_kind = 'set_off')
        EXECUTE FUNCTION audit.note_change('{id}', '{}')
    """)


def _watch_invoices() -> None:
    """Who issued one; and credit notes by hand. Other drafts follow from what is watched."""
    for name, event, condition in (
        ("noted", "UPDATE", "current_setting('audit.subject', true) <> ''"),
        ("noted_by_hand", "INSERT", "NEW.cause = 'by_hand'"),
        ("noted_withdrawn", "DELETE", "OLD.cause = 'by_hand'"),
    ):
        op.execute(f"""
            CREATE TRIGGER {name} AFTER {event} ON invoice FOR EACH ROW WHEN ({condition})
            EXECUTE FUNCTION audit.note_change('{{id}}', '{{content}}')
        """)
