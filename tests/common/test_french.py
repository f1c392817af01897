"""French signs beside their words."""

import pytest

from libs.common.french import unparted


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Motif : « Non ! »", "Motif\u00a0: «\u00a0Non\u00a0!\u00a0»"),
        ("vraiment ? 20 % ; 3 €", "vraiment\u00a0? 20\u00a0%\u00a0; 3\u00a0€"),
        ("Début :\nà 8:30", "Début\u00a0:\nà 8:30"),
        ("Total: 20% – “no”", "Total: 20% – “no”"),
    ],
)
def test_no_line_may_begin_with_a_sign_or_end_with_an_opening_quote(typed: str, shown: str) -> None:
    assert unparted(typed) == shown
    assert unparted(shown) == shown
