"""Files as the DSO sends them, of any size and in every format, the same bytes for the same seed.

To add a format, write a module with ``NAME`` (as ingest calls it) and ``write(shape)``, and list
it in ``WRITERS``. What it writes must be read without a rejected record.
"""

from collections.abc import Callable, Iterator, Mapping

from services.demo.dso_files import hdm_csv, r4x_xml, r50_xml, r63_csv
from services.demo.dso_files.shape import Curve, Shape

__all__ = ["WRITERS", "Curve", "Shape", "written"]

WRITERS: Mapping[str, Callable[[Shape], Iterator[bytes]]] = {
    module.NAME: module.write for module in (r63_csv, r50_xml, r4x_xml, hdm_csv)
}
"""By the name of the format; each yields a file piece by piece."""


def written(name: str, shape: Shape) -> bytes:
    """A whole file of this format."""
    return b"".join(WRITERS[name](shape))
