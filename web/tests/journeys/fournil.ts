import { randomUUID } from 'node:crypto';
import type { APIRequestContext } from 'playwright-core';
import { expect } from 'vitest';

/** An operation of the journeys' own, whose October is invoiced and not paid. */
export const FOURNIL = 'ACC00000783';
const SELLER_IBAN = 'FR7630006000011234567890189';

const ROOF = '99778000000010';
const CONSUMERS = [
  ['99778000000101', 'Adèle Levain', 'adele.levain@example.org', 1500],
  ['99778000000102', 'Basile Meunier', 'basile.meunier@example.org', 900],
  ['99778000000103', 'Capucine Farine', 'capucine.farine@example.org', 600],
] as const;
const OCTOBER = { start: Date.parse('2026-09-30T22:00Z'), end: Date.parse('2026-10-31T23:00Z') };
const HALF_HOUR_MS = 30 * 60_000;
/** Services hear of each other's records within a second or two. */
const SOON = { timeout: 60_000, interval: 500 };

/** What was invoiced, by the name of who pays. */
export type Invoices = Record<string, { id: string; number: string; cents: number }>;

/** From members to issued invoices, with an account to which they are paid. */
export async function makeFournil(request: APIRequestContext, token: string): Promise<Invoices> {
  const headers = { authorization: `Bearer ${token}` };
  const send = (method: string, path: string, data?: object) =>
    request.fetch(path, { method, headers, ...(data ? { data } : {}) });
  const put = async (path: string, data: object) => {
    const answer = await send('PUT', path, data);
    expect(answer.ok() || (await answer.text())).toBe(true);
  };
  const again = (method: string, path: string, data?: object) =>
    expect.poll(async () => (await send(method, path, data)).ok(), SOON).toBe(true);

  const [organiser, seller, key] = [randomUUID(), randomUUID(), randomUUID()];
  const operation = `/community/operations/${FOURNIL}`;
  await put(`/community/organisers/${organiser}`, {
    name: 'Énergie du Fournil, association',
    address: ADDRESS,
  });
  await put(operation, {
    name: 'Le Fournil',
    organiser_id: organiser,
    valid_from: '2026-10-01',
    step_min: 30,
    step_changes: [],
  });
  await put(`/community/members/${seller}`, SELLER);
  await put(`/community/points/${ROOF}`, {
    label: 'Toit du fournil',
    installed_power_w: 36_000,
    production_kind: 'solar',
    subscribed_power_va: null,
  });
  const stay = { valid_from: '2026-10-01', valid_to: null };
  const stays = [{ ...stay, prm: ROOF, direction: 'production', member_id: seller }];
  for (const [prm, name, email] of CONSUMERS) {
    const member = randomUUID();
    await put(`/community/members/${member}`, { ...HOUSEHOLD, name, email });
    await put(`/community/points/${prm}`, {
      label: 'Maison',
      installed_power_w: null,
      production_kind: null,
      subscribed_power_va: 6000,
    });
    stays.push({ ...stay, prm, direction: 'consumption', member_id: member });
  }
  await put(`${operation}/participations`, stays);

  const sharingKey = `/allocation/operations/${FOURNIL}/keys/${key}`;
  await again('PUT', sharingKey, { ...stay, title: null, definition: DEFAULT_KEY, poll_id: null });
  await again('POST', `${sharingKey}/approval`);
  await again('POST', `${sharingKey}/declaration`, { declared_on: '2026-09-01' });
  await again('POST', `${sharingKey}/activation`);

  await again('PUT', `/billing/operations/${FOURNIL}/prices`, PRICES);
  await again('PUT', `/billing/issuers/${seller}/profile`, PROFILE);
  await again('PUT', `/billing/operations/${FOURNIL}/accise-regime`, ACCISE);
  await again('PUT', `/billing/issuers/${seller}/creditor`, CREDITOR);

  const file = { name: 'october.csv', mimeType: 'text/csv', buffer: Buffer.from(readings()) };
  const sent = await request.post('/ingest/deliveries', { headers, multipart: { file } });
  expect(sent.ok() || (await sent.text())).toBe(true);
  await again('POST', `/allocation/operations/${FOURNIL}/settlements`, { month: '2026-10' });
  await again('POST', `/billing/operations/${FOURNIL}/months/2026-10/drafts`);
  const list = async () =>
    (await send('GET', `/billing/invoice-summaries?operation_id=${FOURNIL}`)).json();
  const ids = (await list()).map(({ id }: { id: string }) => id);
  await again('POST', '/billing/invoices/issue', { invoice_ids: ids, issue_date: today() });
  const issued: Summary[] = await list();
  return Object.fromEntries(
    issued.map(({ id, number, customer, total_incl_vat_cents }) => [
      customer.name,
      { id, number, cents: total_incl_vat_cents },
    ]),
  );
}

interface Summary {
  id: string;
  number: string;
  customer: { name: string };
  total_incl_vat_cents: number;
}

/** What a bank says of the account: money that came today, with the payer's words. camt.053. */
export function statement(movements: readonly { cents: number; from: string; text: string }[]) {
  const euro = (cents: number) => `<Amt Ccy="EUR">${(cents / 100).toFixed(2)}</Amt>`;
  const balance = (code: string, cents: number) =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${euro(cents)}<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${today()}</Dt></Dt></Bal>`;
  const entries = movements.map(
    ({ cents, from, text }, place) =>
      `<Ntry>${euro(cents)}<CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${today()}</Dt></BookgDt><AcctSvcrRef>FOURNIL${place}</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><Dbtr><Nm>${from}</Nm></Dbtr></RltdPties><RmtInf><Ustrd>${text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`,
  );
  const sum = movements.reduce((cents, movement) => cents + movement.cents, 0);
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId><CreDtTm>${today()}T06:00:00</CreDtTm></GrpHdr><Stmt><Id>1</Id><Acct><Id><IBAN>${SELLER_IBAN}</IBAN></Id></Acct>${balance('OPBD', 10_000)}${balance('CLBD', 10_000 + sum)}${entries.join('')}</Stmt></BkToCstmrStmt></Document>`,
  );
}

/** The local day, in Paris. */
function today(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(new Date());
}

/** Of October: about noon the sun shines, and all use more. */
function readings(): string {
  const lines = ['prm,direction,start,step_min,power_w'];
  for (let instant = OCTOBER.start; instant < OCTOBER.end; instant += HALF_HOUR_MS) {
    const start = new Date(instant);
    const isNoon = start.getUTCHours() >= 9 && start.getUTCHours() < 15;
    lines.push(`${ROOF},production,${start.toISOString()},30,${isNoon ? 9000 : 0}`);
    for (const [prm, , , atNoon] of CONSUMERS) {
      lines.push(`${prm},consumption,${start.toISOString()},30,${isNoon ? atNoon : 300}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

const ADDRESS = '3 rue du Four\n99778 Pétrinville';
const HOUSEHOLD = {
  kind: 'household',
  address: ADDRESS,
  delivery_address: null,
  language: 'fr',
  siren: null,
  vat_number: null,
};
const SELLER = {
  ...HOUSEHOLD,
  kind: 'company',
  name: 'Soleil du Fournil, SAS',
  email: 'soleil-fournil@example.org',
  siren: '995000056',
  vat_number: 'FR71995000056',
};
const CREDITOR = {
  name: 'Soleil du Fournil',
  iban: SELLER_IBAN,
  bic: null,
  ics: 'FR72ZZZ123456',
  collected_by: null,
  edition: 2019,
  notice_days: 14,
};
const DEFAULT_KEY = { type: 'default_dynamic' };
const PRICES = {
  entries: [
    {
      producer: null,
      consumer: null,
      group: null,
      hour_class: null,
      price_eur_per_kwh: '0.1250',
      index: null,
      vat_rate: '0.20',
      vat_mention: null,
      valid_from: '2026-10-01',
      valid_to: null,
    },
  ],
  groups: [],
  hour_classes: [],
  indexes: [],
  fees: [],
  discounts: [],
  unknown_hours: 'refuse',
};
const PROFILE = {
  valid_from: '2026-10-01',
  legal_form: 'SAS coopérative à capital variable',
  share_capital_cents: 500_000,
  siret: '99500005600003',
  rcs: 'RCS Pétrinville 995 000 056',
  trade_address: null,
  company_size: null,
  vat_regime: 'standard',
  vat_on_debits: false,
  vat_returns: null,
  payment_terms_days: 10,
  means_of_payment: 'virement',
  complaints_contact: 'soleil-fournil@example.org',
  invoiced_by: 'issuer',
  mandate: null,
  sends_early: false,
};
const ACCISE = {
  valid_from: '2026-10-01',
  regime: 'exempt',
  legal_basis: 'art. L312-79 et L312-87 du CIBS',
  evidence: 'Dossier A4, note du 2 septembre 2026',
  categories: {},
};
