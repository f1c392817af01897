"""R4Q, R4H and R4M: the load curves of C1–C4 and P1–P3 points, as XML (XSD 0409, domain: §2.4).

``Courbe / Corps / Donnees_Courbe / Donnees_Point_Mesure``. A Donnees_Courbe states step, unit,
direction and quantity of its points; a point has three attributes: Horodatage its stamp, the
**start** of the interval, with an offset; Valeur_Point the power, absent when missing; Statut_Point
a letter for the nature of the value.

Only curves of active energy (EA) hold records: those of reactive energy (ERC, ERI) and of voltage
(E) come in the same files, are of no use to shares, and are passed over. Their points are neither
readings nor rejected, and not counted. A quantity that is none of these is rejected.

A point without a letter has the nature of its publication: corrected in a file of corrected curves
(Nature_De_Courbe_Demandee), else measured.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from typing import IO, NamedTuple

import numpy as np
import polars as pl
from lxml import etree

from services.ingest.domain.readings.readings import Nature
from services.ingest.formats import columns, publication
from services.ingest.formats.notes import passed_over, unknown_elements
from services.ingest.formats.parsed import RECORD_CHARS, Format, Parsed, kept_short
from services.ingest.formats.power import read_power
from services.ingest.formats.problems import FileMalformed
from services.ingest.formats.stamps import read_offset
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

NAME = "R4x XML"

_ROOT = root_pattern(b"Courbe")
_POINT, _CURVE, _PRM, _PUBLICATION = (
    "Corps",
    "Donnees_Courbe",
    "Identifiant_PRM",
    "Nature_De_Courbe_Demandee",
)
_RECORD = "Donnees_Point_Mesure"
_SAID = ("Granularite", "Unite_Mesure", "Grandeur_Metier", "Grandeur_Physique")
_NAMES = ElementNames("Courbe", _POINT, _PRM, records=(_CURVE, _RECORD), of_all=_PUBLICATION)
_SPACE, _EQUALS = r"[ \t\r\n]+", rf"{SPACES}={SPACES}"
_VALUE = rf'Valeur_Point{_EQUALS}"([0-9]{{0,18}})"'
_LETTER = rf'Statut_Point{_EQUALS}"([A-Z]?)"{SPACES}'
_USUAL = Usual(
    "<Donnees_Point_Mesure",
    # The letter has two groups, with a value and without: so each byte allows only one way on.
    rf'(?s)^{_SPACE}Horodatage{_EQUALS}"({STAMP})"'
    rf"(?:{_SPACE}(?:{_VALUE}(?:{_SPACE}(?:{_LETTER})?)?|{_LETTER})?)?"
    rf"(?:/>|>{SPACES}</Donnees_Point_Mesure{SPACES}>)(.*)$",
    shortest_bytes=55,  # a name of 20, an attribute of 10, a stamp of 20
)
_CORRECTED = "corrigee"
_OTHER_QUANTITIES = {"erc", "eri", "e"}
_ELEMENTS = frozenset(
    b"Courbe Entete Identifiant_Flux Libelle_Flux Identifiant_Emetteur Identifiant_Destinataire "
    b"Date_Creation Frequence_Publication Reference_Demande Nature_De_Courbe_Demandee Corps "
    b"Identifiant_PRM Donnees_Courbe Horodatage_Debut Horodatage_Fin Granularite Unite_Mesure "
    b"Grandeur_Metier Grandeur_Physique Donnees_Point_Mesure".split()
)


def recognises(head: bytes) -> bool:
    return begins_with(head, _ROOT)


def read_parts(file: IO[bytes]) -> Iterator[Parsed]:
    """Read as ``read`` does, for a file of any size."""
    return read_in_parts(file, _read, _NAMES)


def read(content: bytes) -> Parsed:
    """Read a document.

    Raises FileMalformed, with the line, if it is cut, ill-formed or has a DOCTYPE.
    Raises FormatUnknown if its root is not Courbe.
    """
    return _read(content, 0, None)


FORMAT = Format(NAME, "load curves of C1–C4 and P1–P3 points", recognises, read_parts)


def _read(content: bytes, lines_added: int, demanded: str | None) -> Parsed:
    document, walked = cut(content, _USUAL), None
    with suppress(FileMalformed):  # raised again below, with its line in the original file
        walked = _walk(content, document)
    rows, headings, document_kind = walked or _walk(content, uncut(content, _USUAL))
    unlettered = _nature_of(document_kind if demanded is None else demanded)
    rows = rows.with_columns(unlettered=pl.lit(unlettered.value))
    return replace(
        parsed(NAME, _records(rows, headings, lines_added), _texts),
        published_at=publication.of_heading(content),
        notes=unknown_elements(document.rest, _ELEMENTS)
        + passed_over(
            {heading.physical for heading in headings if _is_passed_over(heading.physical)}
        ),
    )


def _nature_of(demanded: str) -> Nature:
    """Return the nature of points without a letter."""
    return Nature.CORRECTED if columns.plain(demanded) == _CORRECTED else Nature.MEASURED


def _walk(content: bytes, document: Cut) -> "tuple[pl.DataFrame, list[_Heading], str]":
    """Return one row per point, in file order, their headings, and the kind of curves demanded.

    Rows: stamp, value and letter, str, empty where absent, line i64 and heading u32, its place.
    """
    records = Records(document, "stamp", "value", "letter", "letter_alone")
    headings: list[_Heading] = []
    counts: list[int] = []
    prm = demanded = ""
    for element in elements(
        document.rest, root="Courbe", point=_POINT, curve=_CURVE, texts=(_PRM, _PUBLICATION)
    ):
        name = local_name(element)
        if name == _PRM:
            prm = kept_short((element.text or "").strip())
        elif name == _PUBLICATION:
            demanded = kept_short(element.text or "")
        else:
            count_before = records.count
            _take(element, records)
            counts.append(records.count - count_before)
            headings.append(_heading(element, prm))
            check_record_size(records.count, _USUAL.shortest_bytes, content)
            if name == _POINT:
                prm = ""
    heading = np.repeat(np.arange(len(counts)), counts)
    lines = records.lines()
    if lines is None and document.runs:
        raise FileMalformed("The lines of its points cannot be counted.")
    if lines is None:  # some points are in comments too: use the lines of the curves
        lines = pl.Series(
            [curve_heading.line for curve_heading in headings], dtype=pl.Int64()
        ).gather(heading)
    letter = pl.col("letter") + pl.col("letter_alone")
    places = pl.Series(heading, dtype=pl.UInt32)
    rows = records.rows().with_columns(letter, line=lines, heading=places)
    return rows, headings, demanded


class _Heading(NamedTuple):
    """The statements of a Donnees_Courbe about its points, kept short; empty where it has none."""

    prm: str
    step: str
    unit: str
    direction: str
    physical: str
    line: int


def _heading(element: etree._Element, prm: str) -> _Heading:
    """Return the heading; outside any Donnees_Courbe it is empty, and its points are rejected."""
    space = element.tag[: element.tag.rfind("}") + 1]
    texts = dict.fromkeys((space + name for name in _SAID), "")
    for child in reversed(list(element.iterchildren(*texts))):
        texts[child.tag] = kept_short(child.text or "")
    step, unit, direction, physical = texts.values()
    return _Heading(
        prm,
        step,
        unit,
        direction,
        physical,
        line=element.sourceline or 0,  # type: ignore[arg-type] # untyped stub
    )


def _take(element: etree._Element, records: Records) -> None:
    """Read the points below an element."""
    for node in element.iter(*records.tags(f"{{*}}{_RECORD}")):
        if is_mark(node):
            records.add_run(node, element)
        else:
            get = node.get
            records.add()[:3] = get("Horodatage"), get("Valeur_Point"), get("Statut_Point")


def _records(rows: pl.DataFrame, headings: list[_Heading], lines_added: int) -> pl.DataFrame:
    text = pl.String()
    row_headings = _headings(headings)[rows["heading"]]
    rows = pl.concat([rows.drop("heading"), row_headings], how="horizontal")
    rows = rows.filter(~pl.col("is_passed_over"))
    stamped_at = read_offset(rows["stamp"])
    letter = columns.translate(rows["letter"], str.strip, text)
    rows = rows.with_columns(
        pl.col("value").str.strip_chars(),
        pl.col("line") + lines_added,
        start=stamped_at,
        is_stamped=stamped_at.is_not_null(),
        nature=pl.when(letter == "")
        .then(pl.col("unlettered"))
        .otherwise(columns.translate(letter, columns.nature, text)),
        doubtful=pl.lit(value=False),
    )
    return rows.with_columns(
        position=pl.format("line {}, PRM {}/{}", "line", "prm_text", "stamp"),
        power_w=read_power(rows["value"], rows["unit_w"]),
        nature=pl.when(pl.col("nature").is_not_null()).then(nature_or_missing(pl.col("nature"))),
    )


def _headings(headings: list[_Heading]) -> pl.DataFrame:
    """Return one row per heading, null where it is unreadable."""
    return pl.DataFrame(
        [_meaning(*heading[:-1]) for heading in headings], schema=_MEANINGS, orient="row"
    )


_MEANINGS = pl.Schema(
    {
        "prm": pl.String(),
        "direction": pl.String(),
        "prm_text": pl.String(),
        "is_active": pl.Boolean(),
        "is_passed_over": pl.Boolean(),
        "unit_w": pl.Int64(),
        "step_min": pl.Int32(),
    }
)


@lru_cache(maxsize=1_000)
def _meaning(
    prm: str, step: str, unit: str, direction: str, physical: str
) -> tuple[str | int | bool | None, ...]:
    """Return a row of ``_MEANINGS``; cached, as a file repeats a heading over many days."""
    return (
        columns.prm(prm),
        columns.direction(direction),
        prm,
        columns.is_active(physical),
        _is_passed_over(physical),
        columns.unit_w(unit),
        columns.step_min(step),
    )


def _is_passed_over(physical: str) -> bool:
    return columns.plain(physical) in _OTHER_QUANTITIES


def _texts(refused: pl.DataFrame) -> list[str]:
    """Return the points as they were, except for spaces and absent attributes."""
    return [
        f'<Donnees_Point_Mesure Horodatage="{stamp}" Valeur_Point="{value}" '
        f'Statut_Point="{letter}"/>'[:RECORD_CHARS]
        for stamp, value, letter in refused.select("stamp", "value", "letter").iter_rows()
    ]
