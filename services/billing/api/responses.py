"""Answers other than JSON that several routes share."""

from fastapi import Response


class XmlResponse(Response):
    media_type = "application/xml"
