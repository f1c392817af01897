"""Answers that are files: their classes give OpenAPI the media types."""

from fastapi import Response


class CsvResponse(Response):
    media_type = "text/csv"


class ParquetResponse(Response):
    media_type = "application/vnd.apache.parquet"
