"""A document of which no version was ever signed may go, with the member whom it names."""

from alembic import op

revision = "community_0050"
down_revision = "community_0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE FUNCTION keep_signed_document() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (
                SELECT FROM document_signature
                WHERE document_id = OLD.document_id AND state = 'signed'
            ) THEN
                RAISE EXCEPTION 'versions of signed documents and their signatures are only added'
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN OLD;
        END $$
    """)
    for table in ("document_version", "document_signature"):
        op.execute(f"DROP TRIGGER {table}_kept ON {table}")
        op.execute(f"""
            CREATE TRIGGER {table}_kept BEFORE UPDATE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION keep_document()
        """)
        op.execute(f"""
            CREATE TRIGGER {table}_signed BEFORE DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION keep_signed_document()
        """)
