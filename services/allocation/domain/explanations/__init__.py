"""Explanations of a point's day, received or sold: step by step, in numbers and words."""

from services.allocation.domain.explanations.consumers import ConsumerDay, explain_consumer
from services.allocation.domain.explanations.days import (
    explain_consuming,
    explain_producing,
    still_holds,
)
from services.allocation.domain.explanations.privacy import (
    ExplanationViewer,
    organiser_on,
    viewer_on,
)
from services.allocation.domain.explanations.producers import ProducerDay, explain_producer
from services.allocation.domain.explanations.sentences import (
    sentence_of_basis,
    sentence_of_consumer,
    sentence_of_producer,
)
from services.allocation.domain.explanations.steps import (
    Consumer,
    ConsumerStep,
    ProducerStep,
    Reading,
    Rule,
)

__all__ = [
    "Consumer",
    "ConsumerDay",
    "ConsumerStep",
    "ExplanationViewer",
    "ProducerDay",
    "ProducerStep",
    "Reading",
    "Rule",
    "explain_consumer",
    "explain_consuming",
    "explain_producer",
    "explain_producing",
    "organiser_on",
    "sentence_of_basis",
    "sentence_of_consumer",
    "sentence_of_producer",
    "still_holds",
    "viewer_on",
]
