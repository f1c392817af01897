"""The XSD of invoices is read by one thread at a time: libxml2 does not stand two first ones."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock

import pytest
from lxml import etree

from services.billing.documents import cii_schema


def test_threads_that_need_the_first_schema_do_not_read_it_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lock, overlaps, schema_of = Lock(), [], etree.XMLSchema

    def read_slowly(document: etree._ElementTree) -> etree.XMLSchema:
        if not lock.acquire(blocking=False):
            overlaps.append(document)
            return schema_of(document)
        time.sleep(0.2)
        lock.release()
        return schema_of(document)

    start = Barrier(4)

    def read_at_once() -> etree.XMLSchema:
        start.wait()
        return cii_schema.read_schema()

    cii_schema._parse.cache_clear()
    monkeypatch.setattr(etree, "XMLSchema", read_slowly)
    with ThreadPoolExecutor(4) as threads:
        schemas = [each.result() for each in [threads.submit(read_at_once) for _ in range(4)]]

    assert overlaps == []
    assert all(schema is schemas[0] for schema in schemas)
