"""Recognise passwords that an attacker tries first."""

import re
from collections.abc import Collection, Iterable
from functools import cache
from importlib.resources import files

from libs.common.errors import Problem

_FEWEST_PICKS = 6
_SHORTEST, _LONGEST = 3, 40
_ROWS = ("1234567890", "azertyuiopqsdfghjklmwxcvbn", "qwertyuiopasdfghjklzxcvbnm")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_YEAR = re.compile(r"(19|20)\d\d")


class PasswordEasy(Problem):
    status, slug, title = 409, "password-easy", "This password is easily guessed"
    example_detail = "It is made of common words, rows of keys or your name: take four words."


def check_password_is_hard(password: str, *, about: Iterable[str]) -> None:
    """Require a few picks: one for each common word, row or character.

    about: the owner's public data, such as the address and the name; parts of it are common words
    too. Raises PasswordEasy.
    """
    if _count_picks(password.lower(), _words_about(about)) < _FEWEST_PICKS:
        raise PasswordEasy


def _count_picks(text: str, owner_words: Collection[str]) -> int:
    """Return the fewest pieces that make up the text, in the order in which it is typed."""
    fewest = [0] + [len(text)] * len(text)
    for start in range(len(text)):
        for end in range(start + 1, min(len(text), start + _LONGEST) + 1):
            if end == start + 1 or _is_one_pick(text[start:end], owner_words):
                fewest[end] = min(fewest[end], fewest[start] + 1)
            if repeated := _end_of_repeats(text, start, end):
                fewest[repeated] = min(fewest[repeated], fewest[start] + 2)
    return fewest[len(text)]


def _is_one_pick(piece: str, owner_words: Collection[str]) -> bool:
    return (
        piece in owner_words
        or piece in _common_passwords()
        or len(set(piece)) == 1
        or (len(piece) >= _SHORTEST and any(piece in row or piece in row[::-1] for row in _rows()))
        or _YEAR.fullmatch(piece) is not None
    )


def _end_of_repeats(text: str, start: int, end: int) -> int | None:
    """Return where a piece repeated at once, twice or more, ends for the last time."""
    piece, position = text[start:end], end
    while text.startswith(piece, position):
        position += len(piece)
    return position if position > end else None


def _words_about(about: Iterable[str]) -> frozenset[str]:
    full_texts = {text.lower() for text in about}
    parts = {word for full_text in full_texts for word in re.split(r"[\W_]+", full_text)}
    locals_ = {full_text.partition("@")[0] for full_text in full_texts}
    return frozenset(
        word for word in full_texts | parts | locals_ | {"elocoop"} if len(word) >= _SHORTEST
    )


@cache
def _rows() -> tuple[str, ...]:
    return (*_ROWS, _ALPHABET, "0123456789")


@cache
def _common_passwords() -> frozenset[str]:
    lines = files("services.community.domain.accounts").joinpath("common_passwords.txt").read_text()
    return frozenset(line for line in lines.splitlines() if not line.startswith("#"))
