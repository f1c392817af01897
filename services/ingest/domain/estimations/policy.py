"""The methods by which the gaps of an operation may be filled."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.ingest.domain.estimations.frames import Method
from services.ingest.domain.problems import EstimationNotAllowed


@dataclass(frozen=True)
class EstimationPolicy:
    """methods: in the order in which they are tried; without any, nothing is estimated."""

    methods: Sequence[Method]
    interpolation_max_min: int

    def choose(self, requested: Sequence[Method] | None) -> Sequence[Method]:
        """Return the methods that a request names, or all of them. Raises EstimationNotAllowed."""
        chosen = self.methods if requested is None else requested
        disallowed = [method for method in chosen if method not in self.methods]
        if disallowed or not chosen:
            raise EstimationNotAllowed(
                f"The operation's policy allows {', '.join(self.methods) or 'no method'}.",
                allowed=list(self.methods),
            )
        return chosen
