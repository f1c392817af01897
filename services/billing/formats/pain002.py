"""Payment status reports, ISO 20022 pain.002 of any version: only what is rejected is read."""

import re
from collections.abc import Iterator

from lxml import etree

from services.billing.domain.payment_reports import PaymentReport, Rejection, ReportRefused
from services.billing.formats.bank_xml import read_root, text_of

_REJECTED = "RJCT"
# A bank may give a reason in its own words; only codes are kept, as people are named in words.
_CODE = re.compile(r"[A-Z0-9]{4}", re.ASCII)
_NO_REASON = "NARR"


def read_report(content: bytes) -> PaymentReport:
    """Entities, DTDs and the network are off: the file comes from outside. Raises ReportRefused."""
    root = read_root(content, "pain.002", refused=ReportRefused)
    report = root.find("{*}CstmrPmtStsRpt")
    group = None if report is None else report.find("{*}OrgnlGrpInfAndSts")
    file_id = None if group is None else text_of(group, "OrgnlMsgId")
    if report is None or group is None or file_id is None:
        raise ReportRefused("The report does not name the file that it is on (OrgnlMsgId).")
    found = list(_rejections(report, group))
    # What is told of a payment itself says more than what is told of its batch or file.
    found.sort(key=lambda one: (one.end_to_end_id is None, one.batch_id is None))
    return PaymentReport(file_id.lower(), found)


def _rejections(report: etree._Element, group: etree._Element) -> Iterator[Rejection]:
    """A payment has the status of its batch where none is its own, a batch that of the file."""
    of_file = text_of(group, "GrpSts")
    if of_file == _REJECTED:
        yield Rejection(_reason(group))
    for batch in report.iterfind("{*}OrgnlPmtInfAndSts"):
        of_batch = text_of(batch, "PmtInfSts") or of_file
        batch_id = (text_of(batch, "OrgnlPmtInfId") or "").lower()
        if of_batch == _REJECTED:
            yield Rejection(_reason(batch, group), batch_id=batch_id)
        for payment in batch.iterfind("{*}TxInfAndSts"):
            end_to_end_id = text_of(payment, "OrgnlEndToEndId")
            if end_to_end_id and (text_of(payment, "TxSts") or of_batch) == _REJECTED:
                yield Rejection(
                    _reason(payment, batch, group),
                    batch_id=batch_id,
                    end_to_end_id=end_to_end_id.lower(),
                )


def _reason(*told: etree._Element) -> str:
    """The first code of the closest element that tells one."""
    for element in told:
        for reason in element.iterfind("{*}StsRsnInf/{*}Rsn"):
            code = text_of(reason, "Cd") or text_of(reason, "Prtry") or ""
            if _CODE.fullmatch(code):
                return code
    return _NO_REASON
