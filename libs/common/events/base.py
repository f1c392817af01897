"""The base of every event: CloudEvents attributes, a key that keeps order, a topic."""

import json
from abc import ABC, abstractmethod
from typing import ClassVar
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import AwareDatetime, BaseModel, ConfigDict

_NAMESPACE = uuid5(NAMESPACE_URL, "https://elocoop.coop/events")


class Event(BaseModel, ABC):
    """A fact that one service publishes. Fields are only ever added, with a default.

    Subclasses set ``type`` and ``topic``; records with one ``key`` stay in order; ``business_key``
    identifies the fact, revision included, and determines the id: publishing twice changes nothing,
    recomputing cannot duplicate.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    type: ClassVar[str]
    topic: ClassVar[str]

    time: AwareDatetime

    @property
    @abstractmethod
    def key(self) -> str: ...

    @property
    @abstractmethod
    def business_key(self) -> tuple[object, ...]: ...

    @property
    def id(self) -> UUID:
        return uuid5(_NAMESPACE, json.dumps([self.type, *map(str, self.business_key)]))


class Part(BaseModel):
    """A nested value of an event; unknown fields are ignored, so producers may add some."""

    model_config = ConfigDict(extra="ignore", frozen=True)
