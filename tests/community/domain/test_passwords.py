"""Which passwords are refused as easily guessed (L3)."""

import pytest

from services.community.domain.accounts.passwords import PasswordEasy, check_password_is_hard

_ABOUT = ["lucie.brindille@example.org", "Lucie Brindille"]


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "aaaaaaaaaaaa",
        "x" * 200,
        "123456789012",
        "987654321098",
        "abcdefghijkl",
        "azertyuiop12",
        "qwertyuiop!!",
        "motdepasse2026",
        "Password1234!",
        "MARSEILLE2023",
        "a1b2a1b2a1b2a1b2",
        "Kt7!vbQ2Kt7!vbQ2",
        "lucie.brindille@example.org",
        "lucie.brindille",
        "BrindilleLucie",
        "lucie-1984-lucie",
        "elocoop-2026",
    ],
)
def test_what_somebody_tries_first_is_refused(password: str) -> None:
    with pytest.raises(PasswordEasy):
        check_password_is_hard(password, about=_ABOUT)


@pytest.mark.parametrize(
    "password",
    [
        "douze lettres au moins",
        "correct horse battery staple",
        "chouette cabane verte",
        "Kt7!vbQ2x9Lm",
        "quatre mots pris au hasard",
        "quatre mots " * 16 + "au hasard",
    ],
)
def test_some_words_or_a_dozen_characters_by_chance_are_taken(password: str) -> None:
    check_password_is_hard(password, about=_ABOUT)


def test_what_is_known_of_one_is_easy_for_that_one_alone() -> None:
    check_password_is_hard("lucie.brindille", about=["idris@example.org", "Idris Clairbois"])
