"""The common part of the JSON flows of the R6X family: their header, and naive local stamps."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

from libs.common.calendar import PARIS
from services.ingest.formats.json.document import is_json, objects, text_in
from services.ingest.formats.problems import FileMalformed, FormatUnknown

_FLOW = re.compile(rb'"codeFlux"\s*+:\s*+"\s*+(\w*+)', re.ASCII)
_YEARS = range(2000, 2100)
HEADING_KEYS = frozenset(
    [
        "header",
        "siDemandeur",
        "typeDestinataire",
        "idDestinataire",
        "codeFlux",
        "idDemande",
        "modePublication",
        "idCanalContact",
        "idPublication",
        "format",
        "publicationCrp",
        "echeances",
        "type",
        "horodateDebutPublication",
        "frequence",
        "mesures",
        "idPrm",
        "etapeMetier",
        "periode",
        "dateDebut",
        "dateFin",
        "grandeur",
        "grandeurMetier",
        "grandeurPhysique",
        "unite",
    ]
)
"""The keys that all flows have around their values."""


def flow_of(head: bytes) -> str | None:
    """Return the codeFlux of a document, or None if its head has none or is no JSON."""
    match = _FLOW.search(head) if is_json(head) else None
    return match[1].decode() if match else None


def measures(root: object, flows: set[str]) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield place and mesure of one document, or of a list of them as exports may have it.

    Raises FormatUnknown if a document is of another flow, FileMalformed if it has another shape.
    """
    documents = [root] if isinstance(root, dict) else objects(root, "The document")
    for number, document in enumerate(documents):
        place_prefix = f"[{number}]." if isinstance(root, list) else ""
        header = document.get("header")
        flow = text_in(header, "codeFlux").strip() if isinstance(header, dict) else ""
        if flow not in flows:
            names = ", ".join(sorted(flows))
            raise FormatUnknown(f"Its header has codeFlux {flow[:20]!r}: {names} is read here.")
        if not isinstance(document.get("mesures"), list):
            raise FileMalformed(f"{place_prefix}mesures is not an array of objects.")
        for index, measure in enumerate(objects(document["mesures"], f"{place_prefix}mesures")):
            yield f"{place_prefix}mesures[{index}]", measure


def instant(text: str) -> datetime | None:
    """Return the instant (UTC) of ``2026-10-25 00:30:00``, or None if the clock never showed it.

    Of the hour that comes twice in October it is the first: nothing shows which is meant.
    """
    try:
        local = datetime.strptime(text.strip(), "%Y-%m-%d %H:%M:%S").replace(tzinfo=PARIS)
    except ValueError:
        return None
    if local.year not in _YEARS:
        return None
    utc = local.astimezone(UTC)
    return utc if utc.astimezone(PARIS).replace(tzinfo=None) == local.replace(tzinfo=None) else None


def day(text: str) -> date | None:
    """Return the date of ``2026-10-25``, or of such a date and a time, or None."""
    try:
        parsed_day = date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
    return parsed_day if parsed_day.year in _YEARS else None
