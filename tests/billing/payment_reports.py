"""Payment status reports of a bank, as the tests need them."""


def _status(name: str, status: str | None, reason: str | None) -> str:
    return (f"<{name}>{status}</{name}>" if status else "") + (
        f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf>" if reason else ""
    )


def payment(end_to_end_id: str, status: str | None = "RJCT", reason: str | None = "AC01") -> str:
    text = _status("TxSts", status, reason)
    return f"<TxInfAndSts><OrgnlEndToEndId>{end_to_end_id}</OrgnlEndToEndId>{text}</TxInfAndSts>"


def batch(
    batch_id: str, *payments: str, status: str | None = None, reason: str | None = None
) -> str:
    text = _status("PmtInfSts", status, reason) + "".join(payments)
    return f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>{batch_id}</OrgnlPmtInfId>{text}</OrgnlPmtInfAndSts>"


def report(
    file_id: str, *batches: str, status: str | None = None, reason: str | None = None
) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>'
        "<GrpHdr><MsgId>1</MsgId><CreDtTm>2026-11-24T06:00:00</CreDtTm></GrpHdr>"
        f"<OrgnlGrpInfAndSts><OrgnlMsgId>{file_id}</OrgnlMsgId>"
        f"<OrgnlMsgNmId>pain.008.001.08</OrgnlMsgNmId>{_status('GrpSts', status, reason)}"
        f"</OrgnlGrpInfAndSts>{''.join(batches)}</CstmrPmtStsRpt></Document>"
    ).encode()
