"""R50: the daily load curves of C5 points, as XML (XSD 0316 v1.1.0, domain: §2.3).

``R50 / PRM / Donnees_Releve / PDC``, where a PDC is one value: H its stamp, the **end** of the
interval, with an offset; V the power in W, absent when missing; IV 1 when doubtful. R50 only
carries what points consume.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

import polars as pl
from lxml import etree

from libs.common.ids import Direction
from services.ingest.domain.readings import Nature
from services.ingest.formats import columns
from services.ingest.formats.csv_table import BOM
from services.ingest.formats.parsed import RECORD_CHARS, Parsed
from services.ingest.formats.power import read_power
from services.ingest.formats.problems import FileMalformed, FormatUnknown
from services.ingest.formats.stamps import interval_start, read_offset
from services.ingest.formats.verdicts import nature_or_missing, parsed

NAME = "R50 XML"

# The first element, after declarations, comments and a DOCTYPE (which is refused with its reason).
# What was passed is never tried again (*+): backtracking over it would take for ever.
_ROOT = re.compile(
    rb"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>)*+<(?:[\w.-]+:)?R50[\s/>]",
    re.DOTALL,
)
_STEP_MIN = 30  # of an R50 whose heading does not say
_DOUBTFUL = "1"

# A tree takes fifty times the size of tiny elements: those of an R50 have 15 bytes and more, and a
# PDC has a stamp, which alone has 25.
_SHORTEST_ELEMENT_BYTES = 12
_SHORTEST_PDC_BYTES = 40
_FEW_ELEMENTS = 100_000
_LONGEST_DAY_BYTES = 8 * 1024**2  # a day, which the parser holds as a whole, has some 30 kB


def recognises(head: bytes) -> bool:
    return _ROOT.match(head.removeprefix(BOM)) is not None


def read(content: bytes) -> Parsed:
    """Raises FileMalformed, with the line, if the XML is cut, ill-formed or has a DOCTYPE.

    Raises FormatUnknown if its root is not R50.
    """
    elements = content.count(b"<") - content.count(b"</")
    _check_that_they_may_be_records(elements, _SHORTEST_ELEMENT_BYTES, content)
    curves = _Curves([], [], [], [], [])
    step_min: int | None = _STEP_MIN
    try:
        for element in _elements(content):
            if element.tag.endswith("Pas_Publication"):
                step_min = columns.step_min(element.text or "")
            else:
                curves.take(element)
                _check_that_they_may_be_records(len(curves.stamps), _SHORTEST_PDC_BYTES, content)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise FileMalformed(
            f"The XML is damaged or cut at line {line}: send the file again.", line=line
        ) from error
    return parsed(NAME, _records(curves, step_min), _texts)


def _check_that_they_may_be_records(count: int, shortest_bytes: int, content: bytes) -> None:
    if count > _FEW_ELEMENTS and count * shortest_bytes > len(content):
        raise FileMalformed(f"Its {count} elements are too short to be records of load curves.")


def _elements(content: bytes) -> Iterator[etree._Element]:
    """The elements that say something, as they end; what was read is forgotten at the next one.

    Entities, DTDs and the network are off, and libxml2's limits on: the file comes from outside.
    """
    stream = _Stream(content)
    walk = etree.iterparse(
        stream,
        events=("start", "end"),
        tag=("{*}R50", "{*}Pas_Publication", "{*}Donnees_Releve", "{*}PRM"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    is_first = True
    for event, element in walk:
        if is_first:
            _check_root(element)
            is_first = False
        if event == "end":
            yield element
            _forget(element)
            stream.begin_day()
    if is_first:
        _check_root(walk.root)


class _Stream(BytesIO):
    """Read by the parser; raises FileMalformed where no day or point ends for too long."""

    day_ends_by = _LONGEST_DAY_BYTES

    def begin_day(self) -> None:
        self.day_ends_by = self.tell() + _LONGEST_DAY_BYTES

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() > self.day_ends_by:
            limit_mib = _LONGEST_DAY_BYTES // 1024**2
            raise FileMalformed(f"A day of one point has more than {limit_mib} MiB.")
        return super().read(size)


def _check_root(element: etree._Element) -> None:
    tree = element.getroottree()
    if tree.docinfo.internalDTD is not None:
        raise FileMalformed("The XML has a DOCTYPE, which R50 never has: send it without.", line=1)
    if etree.QName(tree.getroot()).localname != "R50":
        raise FormatUnknown("The root of the XML is not R50.")


def _forget(element: etree._Element) -> None:
    if element.tag.endswith("Pas_Publication"):
        return
    # A PRM still needs its number after its days are read: only what is below them goes.
    parent = element.getparent()
    element.clear()
    if element.tag.endswith("PRM") and parent is not None:
        while element.getprevious() is not None:
            del parent[0]


class _Curves(NamedTuple):
    """One entry per PDC, in file order; a value is None if its element is absent or empty."""

    prms: list[str | None]
    stamps: list[str | None]
    values: list[str | None]
    likelihoods: list[str | None]
    lines: list[int]

    def take(self, element: etree._Element) -> None:
        """Read the PDCs below a PRM, or below a day of it.

        This loop sets the pace of the parser: it makes one pass and calls no function of ours.
        """
        space = element.tag[: element.tag.rfind("}") + 1]
        pdc, stamp, value, likelihood = (space + name for name in ("PDC", "H", "V", "IV"))
        # The first entry takes what stands outside any PDC; it is dropped.
        stamps: list[str | None] = [None]
        values: list[str | None] = [None]
        likelihoods: list[str | None] = [None]
        for node in element.iter(pdc, stamp, value, likelihood):
            tag = node.tag
            if tag == pdc:
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
        self.prms.extend([_prm_of(element, space)] * (len(stamps) - 1))


def _prm_of(element: etree._Element, space: str) -> str | None:
    """The PRM that an element is, or is a day of."""
    if element.tag == f"{space}Donnees_Releve" and (parent := element.getparent()) is not None:
        element = parent
    return element.findtext(f"{space}Id_PRM")


def _records(curves: _Curves, step_min: int | None) -> pl.DataFrame:
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
        position=pl.format("line {}, PRM {}/{}", "lines", "prms", "stamps"),
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
