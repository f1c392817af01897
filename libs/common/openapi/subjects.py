"""The subjects of a service's routes: the sections of its OpenAPI page and of routes.md."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter


@dataclass(frozen=True)
class Subject:
    """Routes about one thing.

    name: the section's title; the same in two services only where it is about the same thing.
    about: one sentence. page: the file of docs/ that explains it, without its ending.
    """

    name: str
    about: str
    routers: Sequence[APIRouter]
    page: str | None = None

    @property
    def tag(self) -> Mapping[str, str]:
        """As OpenAPI has it."""
        page = f" More: `docs/{self.page}.md`." if self.page else ""
        return {"name": self.name, "description": f"{self.about}{page}"}


def router_of(subjects: Sequence[Subject]) -> APIRouter:
    """One router of all; of two paths that a request fits, the first in this order answers."""
    router = APIRouter()
    for subject in subjects:
        for subject_router in subject.routers:
            router.include_router(subject_router, tags=[subject.name])
    return router
