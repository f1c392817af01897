"""What documents need: the points of settlements, and which stored PDF is an invoice's."""

from alembic import op

revision = "billing_0004"
down_revision = "billing_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Settlements of before show no consumption on the invoices that are drafted from them.
    op.execute("ALTER TABLE settlement ADD COLUMN IF NOT EXISTS points jsonb NOT NULL DEFAULT '[]'")
    op.execute("""
        CREATE TABLE document (
            invoice_id uuid NOT NULL REFERENCES invoice,
            language text NOT NULL CHECK (language IN ('fr', 'en')),
            sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
            byte_count integer NOT NULL CHECK (byte_count > 0),
            template_version integer NOT NULL CHECK (template_version > 0),
            PRIMARY KEY (invoice_id, language)
        )
    """)
    op.execute("""
        CREATE FUNCTION refuse_change_of_document() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'the document of invoice % is kept: it never changes', OLD.invoice_id
                USING ERRCODE = 'restrict_violation';
        END
        $$
    """)
    op.execute("""
        CREATE TRIGGER document_frozen BEFORE UPDATE OR DELETE ON document
        FOR EACH ROW EXECUTE FUNCTION refuse_change_of_document()
    """)
