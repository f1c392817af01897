"""Payment status reports, ISO 20022 pain.002 of any version: only rejections are read."""

import re
from collections.abc import Iterator

from lxml import etree

from services.billing.domain.payments.payment_reports import PaymentReport, Rejection, ReportRefused
from services.billing.formats.bank_xml import read_root, text_of

_REJECTED = "RJCT"
# A bank may give a reason in its own words; only codes are kept, as words may name people.
_CODE = re.compile(r"[A-Z0-9]{4}", re.ASCII)
_NO_REASON = "NARR"


def read_report(content: bytes) -> PaymentReport:
    """Read a report, with entities, DTDs and the network off, as the file comes from outside.

    Raises ReportRefused.
    """
    root = read_root(content, "pain.002", refused=ReportRefused)
    report = root.find("{*}CstmrPmtStsRpt")
    group = None if report is None else report.find("{*}OrgnlGrpInfAndSts")
    file_id = None if group is None else text_of(group, "OrgnlMsgId")
    if report is None or group is None or file_id is None:
        raise ReportRefused("The report does not name the file that it is about (OrgnlMsgId).")
    rejections = list(_rejections(report, group))
    # A rejection of the payment itself is more specific than one of its batch or file.
    rejections.sort(
        key=lambda rejection: (rejection.end_to_end_id is None, rejection.batch_id is None)
    )
    return PaymentReport(file_id.lower(), rejections)


def _rejections(report: etree._Element, group: etree._Element) -> Iterator[Rejection]:
    """A payment without a status has that of its batch; a batch without one, that of the file."""
    file_status = text_of(group, "GrpSts")
    if file_status == _REJECTED:
        yield Rejection(_reason(group))
    for batch in report.iterfind("{*}OrgnlPmtInfAndSts"):
        batch_status = text_of(batch, "PmtInfSts") or file_status
        batch_id = (text_of(batch, "OrgnlPmtInfId") or "").lower()
        if batch_status == _REJECTED:
            yield Rejection(_reason(batch, group), batch_id=batch_id)
        for payment in batch.iterfind("{*}TxInfAndSts"):
            end_to_end_id = text_of(payment, "OrgnlEndToEndId")
            if end_to_end_id and (text_of(payment, "TxSts") or batch_status) == _REJECTED:
                yield Rejection(
                    _reason(payment, batch, group),
                    batch_id=batch_id,
                    end_to_end_id=end_to_end_id.lower(),
                )


def _reason(*elements: etree._Element) -> str:
    """The first code of the closest element that has one."""
    for element in elements:
        for reason in element.iterfind("{*}StsRsnInf/{*}Rsn"):
            code = text_of(reason, "Cd") or text_of(reason, "Prtry") or ""
            if _CODE.fullmatch(code):
                return code
    return _NO_REASON
