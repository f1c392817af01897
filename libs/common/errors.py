"""Problems: expected refusals, raised where the rule lives and rendered once (RFC 9457)."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self


class Problem(Exception):  # noqa: N818 - a refusal, not a failure; RFC 9457 calls it a problem
    """A refusal that the caller can act on.

    Subclasses set ``status`` (HTTP), ``slug`` (stable, ends the type URI) and ``title`` (never
    varies). ``detail`` helps this caller; ``facts`` become top-level members of the JSON body.
    OpenAPI shows ``example_detail`` and ``example_facts`` for these. A problem that says the same
    to every caller is raised without a detail, and has that of the example.
    """

    status: ClassVar[int] = 400
    slug: ClassVar[str] = "problem"
    title: ClassVar[str] = "The request was refused"
    example_detail: ClassVar[str] = ""
    example_facts: ClassVar[Mapping[str, Any]] = {}

    def __init__(self, detail: str | None = None, **facts: object) -> None:
        self.detail = self.example_detail if detail is None else detail
        super().__init__(self.detail)
        self.facts = facts

    @classmethod
    def example(cls) -> Self:
        """The problem that OpenAPI shows."""
        return cls(**cls.example_facts)

    @property
    def type_uri(self) -> str:
        return f"/problems/{self.slug}"

    @property
    def members(self) -> dict[str, object]:
        """The members of the body that answers the problem, without status and instance."""
        return {"type": self.type_uri, "title": self.title, "detail": self.detail, **self.facts}
