"""References that payers give, with plain values."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from stdnum import iso11649

from services.billing.domain.creditor_references import creditor_reference, number_in

SELLER = UUID(int=2)
NUMBERS = st.builds(
    lambda kind, year, rest: f"{kind}{year}-{rest:05}",
    st.sampled_from("FA"),
    st.integers(2026, 2099),
    st.integers(1, 999_999_999),
)


@given(st.uuids(), NUMBERS)
def test_banks_find_the_check_digits_right_and_we_the_number(issuer_id: UUID, number: str) -> None:
    reference = creditor_reference(issuer_id, number)

    assert iso11649.validate(reference) == reference
    assert number_in(reference) == number


def test_a_reference_stays_as_it_was_printed() -> None:
    assert creditor_reference(SELLER, "F2026-00001") == "RF55HNMHTZNF202600001"


def test_the_same_numbers_of_many_sellers_have_their_own_references() -> None:
    sellers = [UUID(int=number) for number in range(2000)]
    references = {creditor_reference(seller, "F2026-00001") for seller in sellers}
    assert len(references) == len(sellers)
