"""Tell all members again: billing now keeps what kind they are, which it did not before."""

from alembic import op

revision = "community_0006"
down_revision = "community_0005"
branch_labels = None
depends_on = "messaging_0001"


def upgrade() -> None:
    op.execute("UPDATE member SET revision = revision + 1")
    op.execute("""
        INSERT INTO outbox (event_id, type, topic, key, time, value)
        SELECT gen_random_uuid(), 'community.member_recorded.v1', 'community.members', id::text, now(),
            convert_to(
                json_build_object(
                    'time', now(), 'member_id', id, 'revision', revision,
                    'kind', kind, 'name', name, 'address', address, 'siren', siren,
                    'vat_number', vat_number
                )::text,
                'UTF8'
            )
        FROM member
    """)
