"""Answers of several routes that are no JSON."""

from fastapi import Response


class XmlResponse(Response):
    media_type = "application/xml"
