"""By which methods the gaps of an operation may be filled."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.ingest.domain.estimation.frames import Method
from services.ingest.domain.problems import EstimationNotAllowed


@dataclass(frozen=True)
class EstimationPolicy:
    """methods: in the order in which they are tried; none: nothing is estimated."""

    methods: Sequence[Method]
    interpolation_max_min: int

    def choose(self, wanted: Sequence[Method] | None) -> Sequence[Method]:
        """Those that a request names, or all. Raises EstimationNotAllowed."""
        chosen = self.methods if wanted is None else wanted
        others = [one for one in chosen if one not in self.methods]
        if others or not chosen:
            raise EstimationNotAllowed(
                f"The operation's policy allows {', '.join(self.methods) or 'no method'}.",
                allowed=list(self.methods),
            )
        return chosen
