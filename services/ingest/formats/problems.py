"""The refusals of whole files; a single bad record is a ``Rejected`` instead."""

from typing import ClassVar

from libs.common.errors import Problem


class FormatUnknown(Problem):
    status: ClassVar = 415
    slug: ClassVar = "format-unknown"
    title: ClassVar = "The file's format is not understood"
    example_detail = "The file is none of: R63 CSV, R4x XML."
    example_facts: ClassVar = {"supported": ["R63 CSV", "R4x XML"]}


class FileMalformed(Problem):
    status: ClassVar = 422
    slug: ClassVar = "file-malformed"
    title: ClassVar = "The file is damaged"


class FileTooLarge(Problem):
    status: ClassVar = 413
    slug: ClassVar = "file-too-large"
    title: ClassVar = "The file is too large once decompressed"
    example_detail = "The archive holds more than 2048 MiB: send it in parts."
    example_facts: ClassVar = {"limit_bytes": 2 * 1024**3}
