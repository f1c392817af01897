"""Documents of operations: versions that stay, and what became of each."""

from alembic import op

revision = "community_0018"
down_revision = "community_0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE document (
            id uuid PRIMARY KEY,
            operation_id text NOT NULL REFERENCES operation,
            kind text NOT NULL CHECK (
                kind IN ('convention', 'participation_agreement', 'sale_contract',
                    'invoicing_mandate', 'supply_authorisation')
            ),
            title text NOT NULL,
            member_id uuid REFERENCES member,
            valid_from date NOT NULL,
            valid_to date,
            recorded_at timestamptz NOT NULL,
            recorded_by text NOT NULL,
            CHECK ((kind = 'convention') = (member_id IS NULL)),
            CHECK (valid_to > valid_from)
        )
    """)
    op.execute("CREATE INDEX document_operation ON document (operation_id, id)")
    op.execute("CREATE INDEX document_member ON document (member_id)")
    # For reminders, which are looked for each second.
    op.execute("CREATE INDEX document_end ON document (valid_to) WHERE valid_to IS NOT NULL")
    op.execute("""
        CREATE TABLE document_version (
            document_id uuid NOT NULL REFERENCES document,
            number smallint NOT NULL CHECK (number > 0),
            sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
            media_type text NOT NULL,
            byte_count integer NOT NULL CHECK (byte_count > 0),
            uploaded_at timestamptz NOT NULL,
            uploaded_by text NOT NULL,
            PRIMARY KEY (document_id, number)
        )
    """)
    op.execute("""
        CREATE TABLE document_signature (
            document_id uuid NOT NULL,
            version smallint NOT NULL,
            state text NOT NULL CHECK (state IN ('sent', 'signed', 'declined')),
            day date NOT NULL,
            party text NOT NULL,
            recorded_at timestamptz NOT NULL,
            recorded_by text NOT NULL,
            PRIMARY KEY (document_id, version, state),
            FOREIGN KEY (document_id, version) REFERENCES document_version (document_id, number)
        )
    """)
    # A version is signed or declined, once.
    op.execute("""
        CREATE UNIQUE INDEX document_signature_end ON document_signature (document_id, version)
        WHERE state IN ('signed', 'declined')
    """)
    op.execute("""
        CREATE FUNCTION keep_document() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'versions of documents and their signatures are only added'
                USING ERRCODE = 'integrity_constraint_violation';
        END $$
    """)
    for table in ("document_version", "document_signature"):
        op.execute(f"""
            CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION keep_document()
        """)
