"""The spellings of the DSO's coded columns, and how a whole column of them is read."""

import re
import unicodedata
from collections.abc import Callable

import polars as pl

from libs.common.ids import OPERATION_PATTERN, PRM_PATTERN, Direction
from services.ingest.domain.readings.readings import STEPS_MIN, Nature


def translate(
    column: pl.Series, meaning: Callable[[str], str | int | bool | None], dtype: pl.DataType
) -> pl.Series:
    """Read a text column by looking up each distinct spelling once; null if it has no meaning.

    A coded column holds a handful of spellings over millions of rows, mostly in long runs:
    comparing neighbours finds them several times as fast as hashing every row.
    """
    if column.is_empty():
        return pl.Series(column.name, [], dtype)
    runs = column.rle().struct.field("value")
    spellings = runs.unique().to_list()
    meanings = [meaning(spelling) for spelling in spellings]
    if meanings == spellings:
        return column
    if len(set(meanings)) == 1:
        return pl.Series(column.name, meanings[:1], dtype).new_from_index(0, column.len())
    meaning_of_run = runs.replace_strict(
        pl.Series(spellings, dtype=pl.String), pl.Series(meanings, dtype=dtype), return_dtype=dtype
    )
    return meaning_of_run.gather(column.rle_id()).alias(column.name)


def plain(text: str) -> str:
    """Return lower case without accents or doubled spaces, so that spellings can be compared.

    ``Grandeur métier`` has one spelling then. Accents that were encoded twice on the way
    (``mÃ©tier``) are repaired first.
    """
    if "Ã" in text:
        text = text.encode("latin-1", "replace").decode("utf-8", "replace")
    decomposed = unicodedata.normalize("NFD", text)
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(letters.lower().split())


PRM_FAULT = "the PRM is not 14 digits: send it as text, with its leading zeros"


def prm(text: str) -> str | None:
    stripped = text.strip()
    return stripped if re.match(PRM_PATTERN, stripped, re.ASCII) else None


def operation(text: str) -> str | None:
    stripped = text.strip()
    return stripped if re.match(OPERATION_PATTERN, stripped, re.ASCII) else None


def direction(text: str) -> str | None:
    return {
        "cons": Direction.CONSUMPTION.value,
        "consommation": Direction.CONSUMPTION.value,
        "consumption": Direction.CONSUMPTION.value,
        "prod": Direction.PRODUCTION.value,
        "production": Direction.PRODUCTION.value,
    }.get(plain(text))


def is_active(text: str) -> bool:
    """Return whether a *grandeur physique* is active power, as no other is a reading."""
    return plain(text) in {"pa", "ea", "energie active", "puissance active"}


def unit_w(text: str) -> int | None:
    """Return the watts in one unit."""
    return {"w": 1, "kw": 1000}.get(text.strip().lower())


def unit_wh(text: str) -> int | None:
    """Return the watt-hours in one unit."""
    return {"wh": 1, "kwh": 1000}.get(text.strip().lower())


def step_min(text: str) -> int | None:
    """Return the minutes of ``PT30M``, ``PT1H`` or ``30``, if it is a step that meters use."""
    match = re.fullmatch(r"PT(?:(\d)H)?(?:(\d{1,2})M)?|(\d{1,2})", text.strip(), re.ASCII)
    if not match:
        return None
    hours, minutes, bare = (int(group or 0) for group in match.groups())
    step = hours * 60 + minutes + bare
    return step if step in STEPS_MIN else None


_NATURES = {
    Nature.MEASURED: "RBDK",
    Nature.CORRECTED: "C",
    Nature.ESTIMATED: "EHP",
    Nature.OUTAGE: "STFG",
}
_NATURE_OF_LETTER = {
    letter: nature.value for nature, letters in _NATURES.items() for letter in letters
}


def nature(text: str) -> str | None:
    """Return the nature that a letter of the R4x and R6X flows stands for (domain: §2.12)."""
    return _NATURE_OF_LETTER.get(text.strip().upper())
