"""XML of load curves as a stream: one curve in memory at a time, and nothing from outside it."""

import re
from collections.abc import Iterator, Sequence
from io import BytesIO

from lxml import etree

from services.ingest.formats.files.utf_8 import BOM
from services.ingest.formats.problems import FileMalformed, FormatUnknown

# A tree takes fifty times the size of tiny elements: those of load curves have 15 bytes or more.
_SHORTEST_ELEMENT_BYTES = 12
_FEW_ELEMENTS = 100_000
_LONGEST_CURVE_BYTES = 8 * 1024**2  # the parser holds it whole; a month of 5 minutes has 1 MB


def root_pattern(name: bytes) -> re.Pattern[bytes]:
    """Return a pattern for a head whose first element has this name.

    It comes after declarations, comments and a DOCTYPE, which is refused with its reason. What was
    passed is never tried again (*+): backtracking over it would take for ever.
    """
    passed = rb"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>)*+"
    return re.compile(passed + rb"<(?:[\w.\x80-\xff-]+:)?" + name + rb"[\s/>]", re.DOTALL)


def begins_with(head: bytes, root: re.Pattern[bytes]) -> bool:
    return root.match(head.removeprefix(BOM)) is not None


def elements(
    content: bytes, *, root: str, point: str, curve: str, texts: Sequence[str]
) -> Iterator[etree._Element]:
    """Yield the elements of these local names as they end; each is removed when the next is read.

    Elements before a point are yielded as it begins, whatever their names.
    point: holds the curves of one point. texts: elements that hold a word, and are kept. Entities,
    DTDs and the network are off, and libxml2's limits on: the file comes from outside.
    Raises FileMalformed, with the line, if the XML is cut, ill-formed or has a DOCTYPE, or if
    something in it is too long or too short; FormatUnknown if its root has another name.
    """
    check_record_size(content.count(b"<") - content.count(b"</"), _SHORTEST_ELEMENT_BYTES, content)
    stream = _Stream(content)
    walk = etree.iterparse(
        stream,
        events=("start", "end"),
        tag=[f"{{*}}{name}" for name in (root, point, curve, *texts)],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        yield from _ends(walk, stream, root=root, point=point, texts=texts)
    except etree.XMLSyntaxError as error:
        raise damaged_at(error.lineno or 1) from error


def damaged_at(line: int) -> FileMalformed:
    return FileMalformed(
        f"The XML is damaged or cut at line {line}: send the file again.", line=line
    )


def has_doctype() -> FileMalformed:
    return FileMalformed(
        "The XML has a DOCTYPE, which no flow of the DSO has: send it without.", line=1
    )


def check_record_size(count: int, shortest_bytes: int, content: bytes) -> None:
    """Raise FileMalformed if so many elements must be shorter than any record is."""
    if count > _FEW_ELEMENTS and count * shortest_bytes > len(content):
        raise FileMalformed(f"Its {count} elements are too short to be records of load curves.")


def local_name(element: etree._Element) -> str:
    return element.tag[element.tag.rfind("}") + 1 :]


def _ends(
    walk: "etree.iterparse[tuple[str, etree._Element]]",
    stream: "_Stream",
    *,
    root: str,
    point: str,
    texts: Sequence[str],
) -> Iterator[etree._Element]:
    is_first = True
    for event, element in walk:
        if is_first:
            _check_root(element, root)
            is_first = False
        if event == "start":
            if local_name(element) == point:
                yield from _others_before(element, but=(point, *texts))
            continue
        yield element
        name = local_name(element)
        if name in texts:
            continue
        _forget(element, with_those_before=name == point)
        stream.begin_curve()
    if is_first:
        _check_root(walk.root, root)


def _others_before(element: etree._Element, *, but: Sequence[str]) -> Iterator[etree._Element]:
    """Yield the elements before a point: they are removed with it, and might hold records."""
    for sibling in reversed(list(element.itersiblings(preceding=True))):
        if isinstance(sibling.tag, str) and local_name(sibling) not in but:
            yield sibling


class _Stream(BytesIO):
    """Read by the parser; raises FileMalformed where no curve or point ends for too long."""

    curve_ends_by = _LONGEST_CURVE_BYTES

    def begin_curve(self) -> None:
        self.curve_ends_by = self.tell() + _LONGEST_CURVE_BYTES

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() > self.curve_ends_by:
            limit_mib = _LONGEST_CURVE_BYTES // 1024**2
            raise FileMalformed(f"A curve of one point has more than {limit_mib} MiB.")
        return super().read(size)


def _check_root(element: etree._Element, name: str) -> None:
    tree = element.getroottree()
    if tree.docinfo.internalDTD is not None:
        raise has_doctype()
    if local_name(tree.getroot()) != name:
        raise FormatUnknown(f"The root of the XML is not {name}.")


def _forget(element: etree._Element, *, with_those_before: bool) -> None:
    # The parent stays until its own end: only what is below the element is removed.
    parent = element.getparent()
    element.clear()
    if with_those_before and parent is not None:
        while element.getprevious() is not None:
            del parent[0]
