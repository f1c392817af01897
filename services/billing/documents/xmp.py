"""Declare in a PDF's metadata that it is a Factur-X invoice, which typst cannot do.

Source: Factur-X 1.0 (FNFE-MPE), 6.3, "XMP extension schema"; see docs/adr/0011.
"""

import re

_SCHEMA = """\
<rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#\
</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property></rdf:li>"""
_PROPERTY = """\
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name>\
<pdfaProperty:valueType>Text</pdfaProperty:valueType>\
<pdfaProperty:category>external</pdfaProperty:category>\
<pdfaProperty:description>{description}</pdfaProperty:description></rdf:li>"""
_DESCRIPTION = """\
<rdf:Description rdf:about="" xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#">\
{values}</rdf:Description>"""
_PROPERTIES = {
    "DocumentFileName": ("factur-x.xml", "The name of the embedded XML document"),
    "DocumentType": ("INVOICE", "The type of the hybrid document in capital letters"),
    "Version": ("1.0", "The version of the standard applying to the embedded XML document"),
    "ConformanceLevel": ("EN 16931", "The conformance level of the embedded XML document"),
}
_METADATA = re.compile(rb"<</Length (\d+)/Type/Metadata/Subtype/XML>>\nstream\n")
_XREF = re.compile(rb"xref\n0 (\d+)\n")
_ENTRY_BYTES = 20


def declare_facturx(pdf: bytes) -> bytes:
    """Add Factur-X to the XMP packet of a PDF from typst, which keeps its single revision.

    Typst writes the packet uncompressed and the table of objects as text, each in one place.
    """
    metadata = _METADATA.search(pdf)
    assert metadata, "typst wrote no XMP packet"
    start, end = metadata.end(), metadata.end() + int(metadata[1])
    packet = _with_facturx(pdf[start:end])
    head = b"<</Length %d/Type/Metadata/Subtype/XML>>\nstream\n" % len(packet)
    moved = pdf[: metadata.start()] + head + packet + pdf[end:]
    return _with_offsets(moved, after=metadata.start(), by=len(moved) - len(pdf))


def _with_facturx(packet: bytes) -> bytes:
    schema = _SCHEMA.format(
        properties="".join(
            _PROPERTY.format(name=name, description=description)
            for name, (_, description) in _PROPERTIES.items()
        )
    )
    values = "".join(f"<fx:{name}>{value}</fx:{name}>" for name, (value, _) in _PROPERTIES.items())
    for place, more in (
        (b"</rdf:Bag></pdfaExtension:schemas>", schema),
        (b"</rdf:RDF>", _DESCRIPTION.format(values=values)),
    ):
        assert packet.count(place) == 1, f"no single {place!r} in the XMP packet"
        packet = packet.replace(place, more.encode() + place)
    return packet


def _with_offsets(pdf: bytes, *, after: int, by: int) -> bytes:
    """Correct the table of objects: those after a place have moved."""
    table = max(_XREF.finditer(pdf), key=lambda match: match.start())
    first, count = table.end(), int(table[1])
    entries = [
        pdf[at : at + _ENTRY_BYTES]
        for at in range(first, first + count * _ENTRY_BYTES, _ENTRY_BYTES)
    ]
    corrected = [
        b"%010d" % (int(entry[:10]) + by) + entry[10:]
        if entry[17:18] == b"n" and int(entry[:10]) > after
        else entry
        for entry in entries
    ]
    tail = pdf[first + count * _ENTRY_BYTES :]
    position = b"startxref\n%d\n" % table.start()
    return pdf[:first] + b"".join(corrected) + re.sub(rb"startxref\n\d+\n", position, tail)
