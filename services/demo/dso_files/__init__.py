"""Files as the DSO sends them, of any size and in every format, the same bytes for the same seed.

To add a format, write a module with ``NAME`` (the name that ingest gives it) and ``write(shape)``,
and list it in ``WRITERS``. Its files must be read without a rejected record, and give back the
curves of the shape, or facts that agree with them.
"""

from collections.abc import Callable, Iterator, Mapping

from services.demo.dso_files.curves import (
    data_connect_json,
    generic_csv,
    generic_json,
    hdm_csv,
    r4x_xml,
    r50_xml,
    r63_csv,
    r63_json,
)
from services.demo.dso_files.facts import (
    acc_api_energies,
    acc_api_perimeter,
    c15_xml,
    r64_json,
    r67_json,
    r151_xml,
    r171_xml,
)
from services.demo.dso_files.results import (
    acc_api_curves,
    acc_csv_long,
    acc_csv_point,
    acc_csv_wide,
)
from services.demo.dso_files.shape import FileCurve, Shape

__all__ = ["CURVES", "FACTS", "RESULTS", "WRITERS", "FileCurve", "Shape", "written"]

_Writers = Mapping[str, Callable[[Shape], Iterator[bytes]]]

CURVES: _Writers = {
    module.NAME: module.write
    for module in (
        r63_csv,
        r63_json,
        r50_xml,
        r4x_xml,
        hdm_csv,
        data_connect_json,
        generic_csv,
        generic_json,
    )
}
"""The writers of load curves."""

RESULTS: _Writers = {
    module.NAME: module.write
    for module in (acc_csv_long, acc_csv_wide, acc_csv_point, acc_api_curves)
}
"""The writers of the DSO's split of these curves, by step."""

FACTS: _Writers = {
    module.NAME: module.write
    for module in (
        r64_json,
        r151_xml,
        r171_xml,
        r67_json,
        c15_xml,
        acc_api_energies,
        acc_api_perimeter,
    )
}
"""The writers of facts about the same points, which agree with the curves."""

WRITERS: _Writers = {**CURVES, **RESULTS, **FACTS}
"""By the name of the format; each yields a file piece by piece."""


def written(name: str, shape: Shape) -> bytes:
    """Return a whole file of this format."""
    return b"".join(WRITERS[name](shape))
