"""Indexes in the order in which lists about money are read, page by page."""

from alembic import op

revision = "billing_0017"
down_revision = "billing_0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("collection", "payout"):
        op.execute(f"DROP INDEX {name}_creditor")
        op.execute(f"CREATE INDEX {name}_creditor ON {name} (creditor_id, day)")
    op.execute("DROP INDEX mandate_debtor")
    op.execute("CREATE INDEX mandate_debtor ON mandate (debtor_id, rum, id)")
    op.execute("""
        CREATE INDEX bank_transaction_unmatched ON bank_transaction (creditor_id, booked_on)
        WHERE matched_by IS NULL
    """)
    op.execute("CREATE INDEX reminder_day ON reminder (day)")
    op.execute("CREATE INDEX write_off_day ON write_off (day)")
