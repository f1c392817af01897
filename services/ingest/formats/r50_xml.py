"""R50: the daily load curves of C5 points, as XML (XSD 0316 v1.1.0, domain: §2.3).

``R50 / PRM / Donnees_Releve / PDC``, where a PDC is one value: H its stamp, the **end** of the
interval, with an offset; V the power in W, absent when missing; IV 1 when doubtful. R50 only
carries what points consume.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import IO, NamedTuple

import polars as pl
from lxml import etree

from libs.common.ids import Direction
from services.ingest.domain.readings import Nature
from services.ingest.formats import columns, publication
from services.ingest.formats.notes import unknown_elements
from services.ingest.formats.parsed import RECORD_CHARS, Parsed
from services.ingest.formats.power import read_power
from services.ingest.formats.problems import FileMalformed
from services.ingest.formats.stamps import interval_start, read_offset
from services.ingest.formats.verdicts import nature_or_missing, parsed
from services.ingest.formats.xml_cut import STAMP, Cut, cut, is_mark, lines_of, uncut
from services.ingest.formats.xml_parts import read_in_parts
from services.ingest.formats.xml_points import Names
from services.ingest.formats.xml_stream import (
    begins_with,
    check_that_they_may_be_records,
    elements,
    local_name,
    root_pattern,
)

NAME = "R50 XML"

_ROOT = root_pattern(b"R50")
_STEP_MIN = 30  # of an R50 whose heading does not say
_DOUBTFUL = "1"
_STEP, _POINT, _DAY, _PRM = "Pas_Publication", "PRM", "Donnees_Releve", "Id_PRM"
_NAMES = Names("R50", _POINT, only_above=_STEP, only_within=(_PRM, _DAY, "PDC"))
_USUAL = re.compile(
    rf"<PDC>\s*+<H>({STAMP})</H>\s*+(?:<V>(\d{{0,18}}+)</V>\s*+)?+"
    r"(?:<IV>(\d?+)</IV>\s*+)?+</PDC>",
    re.ASCII,
)
_SHORTEST_PDC_BYTES = 40  # it has a stamp, which alone has 25
_ELEMENTS = frozenset(
    b"R50 En_Tete_Flux Identifiant_Flux Libelle_Flux Version_XSD Identifiant_Emetteur "
    b"Identifiant_Destinataire Date_Creation Identifiant_Contrat Numero_Abonnement "
    b"Pas_Publication PRM Id_PRM Donnees_Releve Date_Releve Id_Affaire PDC H V IV".split()
)


def recognises(head: bytes) -> bool:
    return begins_with(head, _ROOT)


def read_parts(file: IO[bytes]) -> Iterator[Parsed]:
    """As ``read``, for a file of any size."""
    return read_in_parts(file, _read, _NAMES)


def read(content: bytes) -> Parsed:
    """Raises FileMalformed, with the line, if the XML is cut, ill-formed or has a DOCTYPE.

    Raises FormatUnknown if its root is not R50.
    """
    return _read(content, 0)


def _read(content: bytes, lines_added: int) -> Parsed:
    document, walked = cut(content, _USUAL), None
    with suppress(FileMalformed):  # which is told below, with its line in the file as it came
        walked = _walk(content, document)
    curves, step_min = walked or _walk(content, uncut(content))
    return replace(
        parsed(NAME, _records(curves, step_min, lines_added), _texts),
        published_at=publication.of_heading(content),
        notes=unknown_elements(document.rest, _ELEMENTS),
    )


def _walk(content: bytes, document: Cut) -> "tuple[_Curves, int | None]":
    curves = _Curves([], [], [], [], [])
    found = 0
    step_min: int | None = _STEP_MIN
    prm = ""
    for element in elements(
        document.rest, root="R50", point=_POINT, curve=_DAY, texts=(_STEP, _PRM)
    ):
        name = local_name(element)
        if name == _STEP:
            step_min = columns.step_min(element.text or "")
        elif name == _PRM:
            # Every PDC repeats it: what no PRM is as long as must not fill the memory.
            prm = (element.text or "").strip()[:RECORD_CHARS]
        else:
            found += curves.take(element, prm, document)
            check_that_they_may_be_records(len(curves.stamps), _SHORTEST_PDC_BYTES, content)
            if name == _POINT:
                prm = ""
    document.check_all_found(found)
    exact = lines_of(content, b"<PDC", len(curves.stamps))
    if exact is None and found:
        raise FileMalformed("The lines of its PDCs cannot be counted.")
    return curves._replace(lines=exact or curves.lines), step_min


class _Curves(NamedTuple):
    """One entry per PDC, in file order; a value is None if its element is absent or empty."""

    prms: list[str]
    stamps: list[str | None]
    values: list[str | None]
    likelihoods: list[str | None]
    lines: list[int]

    def take(self, element: etree._Element, prm_text: str, document: Cut) -> int:
        """Read the PDCs below a PRM, or a day of it; returns how many of them had been cut out.

        This loop sets the pace of the parser: it makes one pass and calls no function of ours.
        """
        space = element.tag[: element.tag.rfind("}") + 1]
        pdc, stamp, value, likelihood = (space + name for name in ("PDC", "H", "V", "IV"))
        # The first entry takes what stands outside any PDC; it is dropped.
        stamps: list[str | None] = [None]
        values: list[str | None] = [None]
        likelihoods: list[str | None] = [None]
        cut_count = 0
        for node in element.iter(*document.tags(pdc, stamp, value, likelihood)):
            tag = node.tag
            if is_mark(node):
                run_count = document.append_run(node, (stamps, values, likelihoods))
                self.lines.extend([0] * run_count)  # counted later, see lines_of
                cut_count += run_count
            elif tag == pdc:
                stamps.append(None)
                values.append(None)
                likelihoods.append(None)
                self.lines.append(node.sourceline or 0)  # type: ignore[arg-type] # untyped stub
            elif tag == stamp:
                stamps[-1] = node.text
            elif tag == value:
                values[-1] = node.text
            else:
                likelihoods[-1] = node.text
        self.stamps.extend(stamps[1:])
        self.values.extend(values[1:])
        self.likelihoods.extend(likelihoods[1:])
        self.prms.extend([prm_text] * (len(stamps) - 1))
        return cut_count


def _records(curves: _Curves, step_min: int | None, lines_added: int) -> pl.DataFrame:
    text = pl.String()
    rows = pl.DataFrame(
        curves._asdict(),
        schema={
            "prms": text,
            "stamps": text,
            "values": text,
            "likelihoods": text,
            "lines": pl.Int64(),
        },
    ).with_columns(pl.col(text).fill_null(""))
    stamped_at = read_offset(rows["stamps"])
    step = pl.Series([step_min], dtype=pl.Int32()).new_from_index(0, rows.height)
    at_start = pl.Series([False]).new_from_index(0, rows.height)
    rows = rows.with_columns(
        value=rows["values"].str.strip_chars(),
        prm=columns.translate(rows["prms"], columns.prm, text),
        direction=pl.lit(Direction.CONSUMPTION.value),
        start=interval_start(stamped_at, step, at_start=at_start),
        step_min=step,
        is_active=pl.lit(value=True),
        unit_w=pl.lit(1, pl.Int64),
        is_stamped=stamped_at.is_not_null(),
        doubtful=pl.col("likelihoods").str.strip_chars() == _DOUBTFUL,
        position=pl.format("line {}, PRM {}/{}", pl.col("lines") + lines_added, "prms", "stamps"),
    )
    return rows.with_columns(
        power_w=read_power(rows["value"], rows["unit_w"]),
        nature=nature_or_missing(pl.lit(Nature.MEASURED.value)),
    )


def _texts(refused: pl.DataFrame) -> list[str]:
    """The PDCs as they were, but for spaces."""
    return [
        f"<PDC><H>{stamp}</H><V>{value}</V><IV>{likelihood}</IV></PDC>"[:RECORD_CHARS]
        for stamp, value, likelihood in refused.select(
            "stamps", "values", "likelihoods"
        ).iter_rows()
    ]
