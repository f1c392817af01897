"""Between a service's transactions and the event log: outbox, inbox, parked events.

publish   writes an event in the transaction that makes the fact true
relay     moves the outbox to the log, in position order
consume   applies a batch of events in one transaction, once, whatever crashes
replay    tries all parked events again; replay_event tries one
"""

from libs.common.messaging.consumer import consume, count_waiting
from libs.common.messaging.handlers import Handler, Handlers, topics_of
from libs.common.messaging.outbox import find_oldest_unsent, publish, relay
from libs.common.messaging.parking import (
    EventFailsAgain,
    ParkedEvent,
    ParkedEventUnknown,
    count_parked,
    forget_parked,
    list_parked,
    replay,
    replay_event,
)
from libs.common.messaging.tables import MIGRATIONS

__all__ = [
    "MIGRATIONS",
    "EventFailsAgain",
    "Handler",
    "Handlers",
    "ParkedEvent",
    "ParkedEventUnknown",
    "consume",
    "count_parked",
    "count_waiting",
    "find_oldest_unsent",
    "forget_parked",
    "list_parked",
    "publish",
    "relay",
    "replay",
    "replay_event",
    "topics_of",
]
