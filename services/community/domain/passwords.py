"""Which passwords are the first that somebody tries."""

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
    """It has to take a few picks: one for each common word, row or character.

    about: what strangers know of its owner, such as the address and the name; parts of it are
    common words too. Raises PasswordEasy.
    """
    if _count_picks(password.lower(), _words_about(about)) < _FEWEST_PICKS:
        raise PasswordEasy(PasswordEasy.example_detail)


def _count_picks(text: str, own: Collection[str]) -> int:
    """The fewest pieces of which the text is made, in the order in which it is typed."""
    fewest = [0] + [len(text)] * len(text)
    for start in range(len(text)):
        for end in range(start + 1, min(len(text), start + _LONGEST) + 1):
            if end == start + 1 or _is_one_pick(text[start:end], own):
                fewest[end] = min(fewest[end], fewest[start] + 1)
            if repeated := _end_of_repeats(text, start, end):
                fewest[repeated] = min(fewest[repeated], fewest[start] + 2)
    return fewest[len(text)]


def _is_one_pick(piece: str, own: Collection[str]) -> bool:
    return (
        piece in own
        or piece in _common_passwords()
        or len(set(piece)) == 1
        or (len(piece) >= _SHORTEST and any(piece in row or piece in row[::-1] for row in _rows()))
        or _YEAR.fullmatch(piece) is not None
    )


def _end_of_repeats(text: str, start: int, end: int) -> int | None:
    """Where the piece that comes twice at least, at once, ends for the last time."""
    piece, after = text[start:end], end
    while text.startswith(piece, after):
        after += len(piece)
    return after if after > end else None


def _words_about(about: Iterable[str]) -> frozenset[str]:
    whole = {one.lower() for one in about}
    parts = {part for one in whole for part in re.split(r"[\W_]+", one)}
    locals_ = {one.partition("@")[0] for one in whole}
    return frozenset(one for one in whole | parts | locals_ | {"elocoop"} if len(one) >= _SHORTEST)


@cache
def _rows() -> tuple[str, ...]:
    return (*_ROWS, _ALPHABET, "0123456789")


@cache
def _common_passwords() -> frozenset[str]:
    lines = files("services.community.domain").joinpath("common_passwords.txt").read_text()
    return frozenset(one for one in lines.splitlines() if not one.startswith("#"))
