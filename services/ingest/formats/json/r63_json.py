"""R63 as JSON: load curves on request (schema 0510) and recurrent ones (0532; domain: §2.5).

``header``, then ``mesures / grandeur / points``: a mesure is one point of delivery, a grandeur one
of its curves, a point ``{v, d, p, n, iv}``: value, naive local stamp, step, letter of its nature,
1 if doubtful. codeFlux says which end of the interval a stamp is: the start in R63A (segments
C1–C4 and P1–P3), the end in R63B (C5 and P4); R63 on request carries both, and its steps must
show it (``stamps.is_start_stamped``).

Curves of reactive power (PRI, PRC) and voltage (E) are passed over, as in R4x: their points are no
records. The letter is the nature of a value; etapeMetier (BRUT or BEST) and modeCalcul are those of
the series that was asked for. horodateDebutPublication is the subscription's, not the document's:
the name of its file has the time of publication.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import polars as pl

from services.ingest.formats import local_rows
from services.ingest.formats.json.document import is_json, load, objects, text_in
from services.ingest.formats.json.points import Points
from services.ingest.formats.json.r6x import HEADING_KEYS, flow_of
from services.ingest.formats.notes import keys_in, passed_over, unknown
from services.ingest.formats.parsed import RECORD_CHARS, Format, Parsed
from services.ingest.formats.problems import FileMalformed, FormatUnknown
from services.ingest.formats.verdicts import parsed

NAME = "R63 JSON"

_IS_STAMPED_AT_START = {"R63": None, "R63A": True, "R63B": False}
_FIELDS = {"d": "stamp", "v": "value", "n": "letter", "p": "step", "iv": "likelihood"}
_PASSED_OVER = ("tc", "ec")
_SHORTEST_POINT_BYTES = 45  # {"v":"","d":"","p":"","n":""} and a stamp of 19
_KNOWN = {
    "": {"header", "echeances", "mesures"},
    "mesure": {"idPrm", "etapeMetier", "periode", "modeCalcul", "grandeur"},
    "grandeur": {"grandeurMetier", "grandeurPhysique", "unite", "points"},
}


def recognises(head: bytes) -> bool:
    """Recognise its codeFlux, or its first curve if the header comes after the curves."""
    if not is_json(head):
        return False
    flow = flow_of(head)
    if flow is not None:
        return flow in _IS_STAMPED_AT_START
    return all(key in head for key in (b'"mesures"', b'"grandeur"', b'"points"'))


def read(content: bytes) -> Parsed:
    """Read a document. Raises FileMalformed, with the place, if it is cut or of another shape.

    Raises FormatUnknown if it is another flow.
    """
    document = load(content, "points")
    points = Points(
        document, _FIELDS, shortest_bytes=_SHORTEST_POINT_BYTES, passed_over=_PASSED_OVER
    )
    contents = _Found([], set(), set())
    for place, flow, measure in _measures(document.root, contents):
        contents.take(measure, flow, place, points)
    rows = points.rows(_headings(contents.curves))
    records = local_rows.records(rows, is_stamped_at_start=rows["is_stamped_at_start"])
    outcome = parsed(NAME, records, points.texts)
    notes = unknown("key", contents.unknown | points.unknown) + passed_over(contents.quantities)
    return replace(outcome, notes=notes)


FORMAT = Format.of_whole(NAME, "load curves, sent on request or regularly", recognises, read)


class _Curve(NamedTuple):
    """The statements of a grandeur about its points, as received."""

    prm: str
    physical: str
    direction: str
    unit: str
    is_stamped_at_start: bool | None
    place: str


class _Found(NamedTuple):
    curves: list[_Curve]
    unknown: set[str]  # keys
    quantities: set[str]  # of the curves that were passed over

    def take(self, measure: dict[str, object], flow: str, place: str, points: Points) -> None:
        """Add the curves of active power of a mesure, and their points."""
        self.unknown.update(measure.keys() - _KNOWN["mesure"])
        self.unknown.update(keys_in(measure.get("periode")) - HEADING_KEYS)
        for number, curve in enumerate(objects(measure.get("grandeur"), f"{place}.grandeur")):
            self.unknown.update(curve.keys() - _KNOWN["grandeur"])
            quantity = text_in(curve, "grandeurPhysique")
            if local_rows.is_passed_over(quantity):
                self.quantities.add(quantity)
                continue
            where = f"{place}.grandeur[{number}].points"
            points.add(curve.get("points"), len(self.curves), where)
            self.curves.append(_curve(measure, curve, flow, where))


def _measures(root: object, contents: _Found) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Yield place, flow and mesure of one document, or of a list of them as exports may have it."""
    documents = [root] if isinstance(root, dict) else objects(root, "The document")
    for number, document in enumerate(documents):
        place_prefix = f"[{number}]." if isinstance(root, list) else ""
        contents.unknown.update(document.keys() - _KNOWN[""])
        header = document.get("header")
        contents.unknown.update(keys_in([header, document.get("echeances")]) - HEADING_KEYS)
        flow = text_in(header, "codeFlux").strip() if isinstance(header, dict) else ""
        if flow not in _IS_STAMPED_AT_START:
            raise FormatUnknown(
                f"Its header has codeFlux {flow[:20]!r}: R63, R63A or R63B is read."
            )
        if not isinstance(document.get("mesures"), list):
            raise FileMalformed(f"{place_prefix}mesures is not an array of objects.")
        for index, measure in enumerate(objects(document["mesures"], f"{place_prefix}mesures")):
            yield f"{place_prefix}mesures[{index}]", flow, measure


def _curve(measure: dict[str, object], curve: dict[str, object], flow: str, place: str) -> _Curve:
    return _Curve(
        prm=text_in(measure, "idPrm")[:RECORD_CHARS],
        physical=text_in(curve, "grandeurPhysique"),
        direction=text_in(curve, "grandeurMetier"),
        unit=text_in(curve, "unite"),
        is_stamped_at_start=_IS_STAMPED_AT_START[flow],
        place=place,
    )


def _headings(curves: list[_Curve]) -> pl.DataFrame:
    schema = dict.fromkeys(_Curve._fields, pl.String()) | {"is_stamped_at_start": pl.Boolean()}
    return pl.DataFrame(curves, schema=schema, orient="row")
