"""Prices by buyer and hour, fees, discounts, indexes; the half-hours of settlements."""

from alembic import op

revision = "billing_0003"
down_revision = "billing_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_price_lists()
    _target_prices()
    _create_fees()
    _create_discounts()
    _create_settlement_details()


def _create_price_lists() -> None:
    op.execute("""
        CREATE TABLE price_list (
            operation_id text PRIMARY KEY CHECK (operation_id ~ '^ACC[0-9]{8}$'),
            definitions jsonb NOT NULL
        )
    """)


def _target_prices() -> None:
    op.execute("""
        ALTER TABLE price
            ADD COLUMN consumer text CHECK (consumer ~ '^[0-9]{14}$'),
            ADD COLUMN member_group text,
            ADD COLUMN hour_class text,
            ADD COLUMN price_index text,
            ADD CONSTRAINT price_for_point_or_group
                CHECK (num_nonnulls(consumer, member_group) <= 1),
            DROP CONSTRAINT price_overlap
    """)
    op.execute(f"""
        ALTER TABLE price ADD CONSTRAINT price_overlap
            {_no_overlap("producer", "consumer", "hour_class", "member_group")}
    """)


def _create_fees() -> None:
    op.execute(f"""
        CREATE TABLE price_fee (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            operation_id text NOT NULL CHECK (operation_id ~ '^ACC[0-9]{{8}}$'),
            name text NOT NULL,
            producer text NOT NULL CHECK (producer ~ '^[0-9]{{14}}$'),
            consumer text CHECK (consumer ~ '^[0-9]{{14}}$'),
            member_group text,
            price_index text,
            micro_eur_per_month bigint NOT NULL CHECK (micro_eur_per_month >= 0),
            vat_rate numeric(5, 4) NOT NULL CHECK (vat_rate >= 0),
            vat_mention text,
            valid_from date NOT NULL,
            valid_to date,
            CHECK (valid_from < valid_to),
            CHECK (num_nonnulls(consumer, member_group) <= 1),
            CONSTRAINT price_fee_overlap
                {_no_overlap("producer", "consumer", "member_group", "name")}
        )
    """)


def _create_discounts() -> None:
    op.execute(f"""
        CREATE TABLE price_discount (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            operation_id text NOT NULL CHECK (operation_id ~ '^ACC[0-9]{{8}}$'),
            name text NOT NULL,
            producer text CHECK (producer ~ '^[0-9]{{14}}$'),
            consumer text CHECK (consumer ~ '^[0-9]{{14}}$'),
            member_group text,
            percent numeric(7, 4) CHECK (percent > 0 AND percent <= 100),
            micro_eur_per_kwh bigint CHECK (micro_eur_per_kwh >= 0),
            valid_from date NOT NULL,
            valid_to date,
            CHECK (valid_from < valid_to),
            CHECK (num_nonnulls(percent, micro_eur_per_kwh) = 1),
            CHECK (num_nonnulls(consumer, member_group) <= 1),
            CONSTRAINT price_discount_overlap
                {_no_overlap("producer", "consumer", "member_group")}
        )
    """)


def _no_overlap(*columns: str) -> str:
    """No two rows of one operation are equal in all of these columns and share a day."""
    # GiST compares texts for equality only with btree_gist, so a range of one number stands for
    # them all: a hash of 63 bits, so that its upper end has a successor. chr(1) is in no name.
    texts = " || chr(1) || ".join(f"coalesce({column}, '')" for column in columns)
    number = f"(hashtextextended(operation_id || chr(1) || {texts}, 0) >> 1)"
    return f"""EXCLUDE USING gist (
        int8range({number}, {number}, '[]') WITH &&,
        daterange(valid_from, valid_to) WITH &&
    )"""


def _create_settlement_details() -> None:
    op.execute("""
        CREATE TABLE settlement_detail (
            operation_id text NOT NULL,
            month text NOT NULL,
            number integer NOT NULL,
            part integer NOT NULL,
            parts integer NOT NULL,
            pairs bytea NOT NULL,
            PRIMARY KEY (operation_id, month, number, part),
            CHECK (part BETWEEN 1 AND parts)
        )
    """)
    # They are compressed already.
    op.execute("ALTER TABLE settlement_detail ALTER COLUMN pairs SET STORAGE EXTERNAL")
