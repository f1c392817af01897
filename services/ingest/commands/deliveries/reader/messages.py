"""The messages between a recorder and its reader, as JSON and Arrow; none of it is executed.

A reader that a file has taken over can lie about what it read, and nothing else: its answer is
checked like a stranger's request.
"""

import socket
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, TypeAlias

import polars as pl
from pydantic import TypeAdapter
from pydantic_core import to_json

from libs.common.encryption.decryption_keys import DecryptionKey
from services.ingest.commands.deliveries.spool import Spool, SpooledPart, Stream
from services.ingest.domain.facts.contracts import CONTRACT_EVENTS
from services.ingest.domain.facts.indexes import INDEXES, INVOICED
from services.ingest.domain.readings.placing import PLACED
from services.ingest.domain.results.results import DSO_POINTS, RESULT_ENERGIES, RESULT_VALUES
from services.ingest.formats import Decryption, Parsed, Rejected

# The frames of a Parsed; empty ones are not sent.
_FRAMES: Mapping[str, pl.Schema] = {
    "readings": PLACED,
    "indexes": INDEXES,
    "invoiced": INVOICED,
    "contract_events": CONTRACT_EVENTS,
    "result_values": RESULT_VALUES,
    "result_energies": RESULT_ENERGIES,
    "dso_points": DSO_POINTS,
}

_COUNT = struct.Struct(">I")
_LENGTH = struct.Struct(">Q")
_MOST_PIECES = 1_000_000
_MOST_BYTES = 2 * 1024**3

Pieces: TypeAlias = Sequence[bytes]
"""A message: JSON first, then the frames that it names, in that order."""


@dataclass(frozen=True)
class Order:
    """An order to read a file, whose descriptor follows; what exceeds memory goes to the folder."""

    decryption: Decryption
    folder: Path


@dataclass(frozen=True)
class Refusal:
    """The reason why nothing of a file can be read."""

    detail: str


@dataclass(frozen=True)
class ReaderFailure:
    """The error that our code raised on a file.

    error_number: the operating system's, if it raised the error.
    """

    kind: str
    message: str
    error_number: int | None
    traceback: str


ReaderAnswer: TypeAlias = Spool | Refusal | ReaderFailure


class AnswerUnreadable(Exception):  # noqa: N818 - it says what is the matter
    """The answer is one that our reader never gives."""


def send(connection: socket.socket, pieces: Pieces) -> None:
    lengths = b"".join(_LENGTH.pack(len(piece)) for piece in pieces)
    connection.sendall(_COUNT.pack(len(pieces)) + lengths)
    for piece in pieces:
        connection.sendall(piece)


def receive(connection: socket.socket) -> Pieces:
    """Receive a message.

    Raises EOFError if the connection ends, AnswerUnreadable if it is too large.
    """
    (count,) = _COUNT.unpack(_exactly(connection, _COUNT.size))
    if not 0 < count <= _MOST_PIECES:
        raise AnswerUnreadable(f"{count} pieces")
    lengths = [n for (n,) in _LENGTH.iter_unpack(_exactly(connection, count * _LENGTH.size))]
    if sum(lengths) > _MOST_BYTES:
        raise AnswerUnreadable(f"{sum(lengths)} bytes")
    return [_exactly(connection, length) for length in lengths]


def send_order(connection: socket.socket, order: Order, file: BinaryIO) -> None:
    send(connection, [to_json(_OrderOnTheWay.of(order))])
    socket.send_fds(connection, [b"."], [file.fileno()])


def receive_order(connection: socket.socket) -> tuple[Order, int]:
    """Return the order, and the descriptor of the file."""
    (head,) = receive(connection)
    order = _orders.validate_json(head).order()
    _, descriptors, _, _ = socket.recv_fds(connection, 1, 1)
    return order, descriptors[0]


def packed(answer: ReaderAnswer) -> Pieces:
    if not isinstance(answer, Spool):
        return [to_json(answer)]
    head = _SpoolOnTheWay(answer.written, tuple(map(_PartOnTheWay.of, answer.parts)))
    frames = [
        getattr(file_part.parsed, name)
        for file_part, part_on_the_way in zip(answer.parts, head.parts, strict=True)
        for name in part_on_the_way.frames
    ]
    return [to_json(head), *map(_arrow, frames)]


def unpacked(pieces: Pieces, folder: Path) -> ReaderAnswer:
    """Return the answer. folder: that of the order. Raises AnswerUnreadable."""
    head, *frames = pieces
    try:
        answer = _answers.validate_json(head)
        if not isinstance(answer, _SpoolOnTheWay):
            return answer
        coming = iter(frames)
        parts = [part_on_the_way.part(coming) for part_on_the_way in answer.parts]
    except (ValueError, LookupError, AssertionError, pl.exceptions.PolarsError) as error:
        raise AnswerUnreadable(type(error).__name__) from error
    except pl.exceptions.PanicException as error:
        raise AnswerUnreadable("panic") from error
    return Spool(folder, parts, written=answer.written)


@dataclass(frozen=True)
class _KeyOnTheWay:
    key_hex: str
    iv_hex: str | None
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True)
class _OrderOnTheWay:
    keys: tuple[_KeyOnTheWay, ...]
    published_at: datetime
    folder: Path

    @classmethod
    def of(cls, order: Order) -> "_OrderOnTheWay":
        keys = tuple(
            _KeyOnTheWay(
                key.key.hex(), key.iv.hex() if key.iv else None, key.valid_from, key.valid_to
            )
            for key in order.decryption.keys
        )
        return cls(keys, order.decryption.published_at, order.folder)

    def order(self) -> Order:
        keys = tuple(
            DecryptionKey(
                bytes.fromhex(key.key_hex),
                bytes.fromhex(key.iv_hex) if key.iv_hex else None,
                key.valid_from,
                key.valid_to,
            )
            for key in self.keys
        )
        return Order(Decryption(keys, self.published_at), self.folder)


@dataclass(frozen=True)
class _PartOnTheWay:
    """frames: the names of the frames that are sent."""

    document: int
    file_number: int | None
    rows_of_day: dict[date, int]
    streams: tuple[Stream, ...]
    format: str
    rejected: tuple[Rejected, ...]
    record_count: int
    member: str
    published_at: datetime | None
    notes: tuple[str, ...]
    name_pattern: str
    frames: tuple[str, ...]

    @classmethod
    def of(cls, file_part: SpooledPart) -> "_PartOnTheWay":
        parsed = file_part.parsed
        return cls(
            document=file_part.document,
            file_number=file_part.file_number,
            rows_of_day=dict(file_part.rows_of_day),
            streams=tuple(file_part.streams),
            format=parsed.format,
            rejected=parsed.rejected,
            record_count=parsed.record_count,
            member=parsed.member,
            published_at=parsed.published_at,
            notes=parsed.notes,
            name_pattern=parsed.name_pattern,
            frames=tuple(name for name in _FRAMES if getattr(parsed, name).height),
        )

    def part(self, coming: Iterator[bytes]) -> SpooledPart:
        """Rebuild the part, taking its frames from those that come next."""
        sent = {name: _frame(next(coming, b""), _FRAMES[name]) for name in self.frames}
        parsed = Parsed(
            format=self.format,
            rejected=self.rejected,
            record_count=self.record_count,
            member=self.member,
            published_at=self.published_at,
            notes=self.notes,
            name_pattern=self.name_pattern,
            **{name: sent.get(name, schema.to_frame()) for name, schema in _FRAMES.items()},
        )
        return SpooledPart(self.document, parsed, self.file_number, self.rows_of_day, self.streams)


@dataclass(frozen=True)
class _SpoolOnTheWay:
    written: int
    parts: tuple[_PartOnTheWay, ...]


_orders = TypeAdapter(_OrderOnTheWay)
_answers: TypeAdapter[_SpoolOnTheWay | Refusal | ReaderFailure] = TypeAdapter(
    _SpoolOnTheWay | Refusal | ReaderFailure
)


def _arrow(frame: pl.DataFrame) -> bytes:
    buffer = BytesIO()
    frame.write_ipc_stream(buffer)
    return buffer.getvalue()


def _frame(arrow: bytes, schema: pl.Schema) -> pl.DataFrame:
    """Decode a frame. Raises ValueError if its columns differ from the schema."""
    frame = pl.read_ipc_stream(arrow)
    if frame.schema != schema:
        raise ValueError("a frame has other columns")
    return frame


def _exactly(connection: socket.socket, length: int) -> bytes:
    """Receive exactly so many bytes. Raises EOFError."""
    content = bytearray(length)
    unfilled = memoryview(content)
    while unfilled:
        count = connection.recv_into(unfilled)
        if not count:
            raise EOFError
        unfilled = unfilled[count:]
    return bytes(content)
