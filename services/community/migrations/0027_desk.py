"""The desk's changes leave lines in the audit log; documents that end are told once."""

from alembic import op

revision = "community_0027"
down_revision = "community_0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in (
        "convention",
        "document",
        "document_version",
        "document_signature",
        "enrolment",
        "enrolment_step",
        "declaration_line",
        "declaration_download",
    ):
        op.execute(f"SELECT audit.watch('{table}')")
    # The file is kept beside its hash, and never changes.
    op.execute("SELECT audit.watch('declaration', silent => '{content}')")
    # Once for each end: who moves it is reminded again.
    op.execute("""
        CREATE TABLE document_reminder (
            document_id uuid NOT NULL REFERENCES document,
            valid_to date NOT NULL,
            reminded_at timestamptz NOT NULL,
            PRIMARY KEY (document_id, valid_to)
        )
    """)
