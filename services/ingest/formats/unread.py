"""Files of the DSO that are known and not read: what they are, and what to ask for instead."""

from services.ingest.formats.files import utf_16
from services.ingest.formats.json import r6x
from services.ingest.formats.xml.stream import begins_with, root_pattern

_CURVES = (
    "ask for the load curves: R50 (C5), R4x (C1 to C4), R63, or SGE's history 'Courbe de charge'"
)
_INVOICES = "invoices of the DSO for the use of its grid, which go to suppliers. Nothing here"
_BY_ROOT = {
    "R15": "indexes and energies of C5 points by billing period, which go to suppliers; ask for "
    "the operation's energies by the ACC API, or R151 or R64 for indexes",
    "R17": "indexes and energies of C1 to C4 points by billing period, which go to suppliers; ask "
    "for the operation's energies by the ACC API, or R171 or R64 for indexes",
    "C12": "events of the contracts of C2 to C4 points, which go to suppliers; what is read of "
    "such events is C15; record who comes and leaves with the participations",
    "F12": f"{_INVOICES} needs it; {_CURVES}",
    "F15": f"{_INVOICES} needs it; {_CURVES}",
}
"""By the name of the root element (domain: §2.2)."""

_BY_CODE = {
    "R65": f"energies by day; {_CURVES}",
    "R66": f"the highest powers by day; {_CURVES}",
    "R66B": f"the highest powers by day; {_CURVES}",
    "C68": "the technical and contractual data of points. Nothing of it is kept here: record "
    f"powers with the points, and {_CURVES}",
}
"""By the codeFlux of a JSON header (domain: §2.5)."""

_SOAP = root_pattern(b"Envelope")
_ROOTS = {name: root_pattern(name.encode()) for name in _BY_ROOT}


def known(content: bytes) -> str | None:
    """Return what a document is that begins like this, if it is of a flow that is not read."""
    head = utf_16.head_as_utf_8(content)
    if begins_with(head, _SOAP):
        return f"This is an answer of a web service (SOAP), which is not read as a file: {_CURVES}."
    for flow, root in _ROOTS.items():
        if begins_with(head, root):
            return f"This is the flow {flow}: {_BY_ROOT[flow]}."
    flow = r6x.flow_of(head) or ""
    return f"This is the flow {flow}: {_BY_CODE[flow]}." if flow in _BY_CODE else None
