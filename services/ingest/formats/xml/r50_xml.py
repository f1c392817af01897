"""R50: the daily load curves of C5 points, as XML (XSD 0316 v1.1.0, domain: §2.3).

``R50 / PRM / Donnees_Releve / PDC``, where a PDC is one value: H its stamp, the **end** of the
interval, with an offset; V the power in W, absent when missing; IV 1 when doubtful. R50 only
carries consumption.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import IO, NamedTuple

import numpy as np
import polars as pl
from lxml import etree

from libs.common.ids import Direction
from services.ingest.domain.readings.readings import Nature
from services.ingest.formats import columns, publication
from services.ingest.formats.notes import unknown_elements
from services.ingest.formats.parsed import RECORD_CHARS, Format, Parsed, kept_short
from services.ingest.formats.power import read_power
from services.ingest.formats.problems import FileMalformed
from services.ingest.formats.stamps import interval_start, read_offset
from services.ingest.formats.verdicts import nature_or_missing, parsed
from services.ingest.formats.xml.cut import SPACES, STAMP, Cut, Records, Usual, cut, is_mark, uncut
from services.ingest.formats.xml.parts import read_in_parts
from services.ingest.formats.xml.starts import ElementNames
from services.ingest.formats.xml.stream import (
    begins_with,
    check_record_size,
    elements,
    local_name,
    root_pattern,
)

NAME = "R50 XML"

_ROOT = root_pattern(b"R50")
_STEP_MIN = 30  # of an R50 whose heading has no step
_DOUBTFUL = "1"
_STEP, _POINT, _DAY, _PRM = "Pas_Publication", "PRM", "Donnees_Releve", "Id_PRM"
_NAMES = ElementNames("R50", _POINT, _PRM, records=(_DAY, "PDC"), of_all=_STEP)
_USUAL = Usual(
    "<PDC",
    rf"(?s)^>{SPACES}<H>({STAMP})</H>{SPACES}<(?:V>([0-9]{{0,18}})</V>{SPACES}<)?"
    rf"(?:IV>([0-9]?)</IV>{SPACES}<)?/PDC>(.*)$",
    shortest_bytes=40,  # it has a stamp, which alone has 25
)
_ELEMENTS = frozenset(
    b"R50 En_Tete_Flux Identifiant_Flux Libelle_Flux Version_XSD Identifiant_Emetteur "
    b"Identifiant_Destinataire Date_Creation Identifiant_Contrat Numero_Abonnement "
    b"Pas_Publication PRM Id_PRM Donnees_Releve Date_Releve Id_Affaire PDC H V IV".split()
)


def recognises(head: bytes) -> bool:
    return begins_with(head, _ROOT)


def read_parts(file: IO[bytes]) -> Iterator[Parsed]:
    """Read as ``read`` does, for a file of any size."""
    return read_in_parts(file, _read, _NAMES)


def read(content: bytes) -> Parsed:
    """Read a document.

    Raises FileMalformed, with the line, if it is cut, ill-formed or has a DOCTYPE.
    Raises FormatUnknown if its root is not R50.
    """
    return _read(content, 0, None)


FORMAT = Format(NAME, "daily load curves of C5 points", recognises, read_parts)


def _read(content: bytes, lines_added: int, step: str | None) -> Parsed:
    document, walked = cut(content, _USUAL), None
    with suppress(FileMalformed):  # raised again below, with its line in the original file
        walked = _walk(content, document)
    curves = walked or _walk(content, uncut(content, _USUAL))
    if step is not None:
        curves = curves._replace(step_min=columns.step_min(step))
    return replace(
        parsed(NAME, _records(curves, lines_added), _texts),
        published_at=publication.of_heading(content),
        notes=unknown_elements(document.rest, _ELEMENTS),
    )


def _walk(content: bytes, document: Cut) -> "_Curves":
    records = Records(document, "stamp", "value", "likelihood")
    curves: list[_Curve] = []
    step_min: int | None = _STEP_MIN
    prm = ""
    for element in elements(
        document.rest, root="R50", point=_POINT, curve=_DAY, texts=(_STEP, _PRM)
    ):
        name = local_name(element)
        if name == _STEP:
            step_min = columns.step_min(element.text or "")
        elif name == _PRM:
            prm = kept_short((element.text or "").strip())
        else:
            count = records.count
            lines = _take(element, records)
            # The point of a PDC that is in neither is unknown.
            whose = prm if name in {_POINT, _DAY} else ""
            curves.append(_Curve(whose, records.count - count, lines))
            check_record_size(records.count, _USUAL.shortest_bytes, content)
            if name == _POINT:
                prm = ""
    return _Curves(step_min, curves, records.rows(), _lines(records, curves))


class _Curve(NamedTuple):
    """The PDCs of a day, or those that a PRM has outside of any day."""

    prm_text: str
    pdcs: int
    lines: list[int]  # as lxml has them, of those that were not cut out


class _Curves(NamedTuple):
    """rows: one per PDC, in file order — stamp, value and likelihood str, empty where absent."""

    step_min: int | None
    curves: list[_Curve]
    rows: pl.DataFrame
    lines: pl.Series


def _take(element: etree._Element, records: Records) -> list[int]:
    """Read the PDCs below a PRM, or one of its days; return the lines of those not cut out."""
    lines: list[int] = []
    # These first fields take what stands outside any PDC, which is no record; after a run, nothing
    # may.
    fields: list[str | None] | None = [None] * 3
    for node in element.iter(*records.tags("{*}PDC", "{*}H", "{*}V", "{*}IV")):
        if is_mark(node):
            records.add_run(node, element)
            fields = None
            continue
        name = local_name(node)
        if name == "PDC":
            fields = records.add()
            lines.append(node.sourceline or 0)  # type: ignore[arg-type] # untyped stub
        elif fields is None:
            raise FileMalformed("A value stands behind its PDC.")
        elif name == "H":
            fields[0] = node.text
        elif name == "V":
            fields[1] = node.text
        else:
            fields[2] = node.text
    return lines


def _lines(records: Records, curves: list[_Curve]) -> pl.Series:
    exact = records.lines()
    if exact is not None:
        return exact
    pdc_lines = [line for curve in curves for line in curve.lines]
    if len(pdc_lines) != records.count:
        raise FileMalformed("The lines of its PDCs cannot be counted.")
    return pl.Series(pdc_lines, dtype=pl.Int64)


def _records(curves: _Curves, lines_added: int) -> pl.DataFrame:
    text = pl.String()
    rows, step_min = curves.rows, curves.step_min
    stamped_at = read_offset(rows["stamp"])
    step = pl.Series([step_min], dtype=pl.Int32()).new_from_index(0, rows.height)
    at_start = pl.Series([False]).new_from_index(0, rows.height)
    prm_texts = pl.Series([curve.prm_text for curve in curves.curves], dtype=text)
    curve_of_row = np.repeat(np.arange(prm_texts.len()), [curve.pdcs for curve in curves.curves])
    rows = rows.with_columns(
        rows["value"].str.strip_chars(),
        prm_text=prm_texts.gather(curve_of_row),
        prm=columns.translate(prm_texts, columns.prm, text).gather(curve_of_row),
        direction=pl.lit(Direction.CONSUMPTION.value),
        start=interval_start(stamped_at, step, at_start=at_start),
        step_min=step,
        is_active=pl.lit(value=True),
        unit_w=pl.lit(1, pl.Int64),
        is_stamped=stamped_at.is_not_null(),
        doubtful=pl.col("likelihood").str.strip_chars() == _DOUBTFUL,
        line=curves.lines + lines_added,
    )
    return rows.with_columns(
        position=pl.format("line {}, PRM {}/{}", "line", "prm_text", "stamp"),
        power_w=read_power(rows["value"], rows["unit_w"]),
        nature=nature_or_missing(pl.lit(Nature.MEASURED.value)),
    )


def _texts(refused: pl.DataFrame) -> list[str]:
    """Return the PDCs as they were, except for spaces."""
    return [
        f"<PDC><H>{stamp}</H><V>{value}</V><IV>{likelihood}</IV></PDC>"[:RECORD_CHARS]
        for stamp, value, likelihood in refused.select("stamp", "value", "likelihood").iter_rows()
    ]
