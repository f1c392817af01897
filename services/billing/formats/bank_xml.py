"""XML from a bank, ISO 20022, read with entities, DTDs and the network off."""

from collections.abc import Callable

from lxml import etree

from libs.common.errors import Problem

MAX_BYTES = 8 * 1024**2
LONGEST_TEXT = 500
# A tree takes fifty times the size of tiny elements; the banks' elements are longer.
_SHORTEST_TAG_BYTES = 8
_FEW_TAGS = 1000


def read_root(content: bytes, message: str, *, refused: Callable[[str], Problem]) -> etree._Element:
    """The Document of a message such as camt.053, of any version. Raises ``refused(detail)``."""
    tags = content.count(b"<")
    if tags > _FEW_TAGS and tags * _SHORTEST_TAG_BYTES > len(content):
        raise refused("Its elements are too short for a bank's file.")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise refused(
            f"The XML is damaged or cut at line {error.lineno or 1}: fetch it again."
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise refused("The XML has a DOCTYPE, which files of banks never have.")
    name = etree.QName(root)
    if name.localname != "Document" or message not in (name.namespace or ""):
        raise refused(f"This is not a {message}: ask the bank for a file in that format.")
    return root


def text_of(element: etree._Element, path: str) -> str | None:
    """The text at the end of a path of names, stripped; None if there is none."""
    text = element.findtext("/".join(f"{{*}}{name}" for name in path.split("/")))
    return text.strip()[:LONGEST_TEXT] if text and text.strip() else None
