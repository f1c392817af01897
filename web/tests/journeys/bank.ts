const DAY_MS = 24 * 60 * 60_000;
const RESTING = ['01-01', '05-01', '12-25', '12-26'];

/** The day, or the next Wednesday or Thursday: banks rest on some of them by date alone. */
export function bankDay(from: Date): string {
  for (let days = 0; ; days += 1) {
    const day = new Date(from.getTime() + days * DAY_MS);
    const text = day.toISOString().slice(0, 10);
    if ([3, 4].includes(day.getUTCDay()) && !RESTING.includes(text.slice(5))) return text;
  }
}

/** What a bank says of an account: money that came today, with the payer's words. camt.053. */
export function statement(
  iban: string,
  movements: readonly { cents: number; from: string; text: string }[],
): Buffer {
  const euro = (cents: number) => `<Amt Ccy="EUR">${(cents / 100).toFixed(2)}</Amt>`;
  const balance = (code: string, cents: number) =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${euro(cents)}<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${today()}</Dt></Dt></Bal>`;
  const entries = movements.map(
    ({ cents, from, text }, place) =>
      `<Ntry>${euro(cents)}<CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${today()}</Dt></BookgDt><AcctSvcrRef>${iban.slice(-6)}-${place}</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><Dbtr><Nm>${from}</Nm></Dbtr></RltdPties><RmtInf><Ustrd>${text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`,
  );
  const sum = movements.reduce((cents, movement) => cents + movement.cents, 0);
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId><CreDtTm>${today()}T06:00:00</CreDtTm></GrpHdr><Stmt><Id>1</Id><Acct><Id><IBAN>${iban}</IBAN></Id></Acct>${balance('OPBD', 10_000)}${balance('CLBD', 10_000 + sum)}${entries.join('')}</Stmt></BkToCstmrStmt></Document>`,
  );
}

/** The local day, in Paris. */
export function today(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(new Date());
}
