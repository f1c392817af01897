"""What answers say: their text, whatever they are packed in, and whether half-hours are in it."""

import io
import re
import zipfile
from collections.abc import Iterable

import httpx
import polars as pl
from pypdf import PdfReader

from tests.access.coops import HOMES_POWER_W, Coop

STEP_MIN = 30
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?!\w)")
_ENOUGH = 3
"""One of them may be anything; a curve is many."""
_PARQUET, _ZIP, _PDF = "application/vnd.apache.parquet", "application/zip", "application/pdf"


def text_of(answer: httpx.Response) -> str:
    media_type = answer.headers.get("content-type", "").partition(";")[0]
    if media_type == _PARQUET:
        return pl.read_parquet(io.BytesIO(answer.content)).write_ndjson()
    if media_type == _ZIP:
        with zipfile.ZipFile(io.BytesIO(answer.content)) as files:
            return "\n".join(files.read(name).decode(errors="replace") for name in files.namelist())
    # What the tests hand in as a document is the beginning of a PDF, and text.
    if media_type == _PDF and b"startxref" in answer.content:
        pages = PdfReader(io.BytesIO(answer.content)).pages
        return "\n".join(page.extract_text() for page in pages)
    return answer.text


def half_hours(coop: Coop) -> set[str]:
    """Those of the neighbour's home, and of all homes, from which the other could be taken off."""
    powers_wmin = [power_w * STEP_MIN for power_w in coop.neighbours_powers_w]
    together_wmin = [wmin + HOMES_POWER_W * STEP_MIN for wmin in powers_wmin]
    return as_written([*powers_wmin, *together_wmin])


def as_written(energies_wmin: Iterable[int]) -> set[str]:
    """As any service may write those of a step: watts, watt-minutes, Wh, kWh."""
    return {
        f"{number:.10g}"
        for wmin in energies_wmin
        for number in (wmin, wmin / STEP_MIN, wmin / 60, wmin / 60_000)
    }


def has_half_hours(text: str, curve: set[str]) -> bool:
    numbers = {*_NUMBER.findall(text), *_NUMBER.findall(text.replace(",", "."))}
    return len(numbers & curve) >= _ENOUGH
