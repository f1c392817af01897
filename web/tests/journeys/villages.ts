import { randomUUID } from 'node:crypto';
import type { APIRequestContext } from 'playwright-core';
import { expect } from 'vitest';

/** An operation of the journeys' own, whose October is to be closed. */
export interface Village {
  operation: string;
  name: string;
  prms: { roof: string; lucie: string; school: string };
  lucieEmail: string;
  /** Of which Lucie's meter sent nothing. */
  gapDay: string | null;
  /** Whether its prices, its seller and its taxes are known. */
  mayInvoice: boolean;
}

export const LAVOIR: Village = {
  operation: 'ACC00000777',
  name: 'Le Lavoir',
  prms: { roof: '99770000000010', lucie: '99770000000101', school: '99770000000102' },
  lucieEmail: 'lucie.fontaine@example.org',
  gapDay: '2026-10-20',
  mayInvoice: true,
};

/** All is known of it, and all has come. */
export const PRESSOIR: Village = {
  operation: 'ACC00000781',
  name: 'Le Pressoir',
  prms: { roof: '99810000000010', lucie: '99810000000101', school: '99810000000102' },
  lucieEmail: 'lucie.pressoir@example.org',
  gapDay: null,
  mayInvoice: true,
};

const OCTOBER = { start: Date.parse('2026-09-30T22:00Z'), end: Date.parse('2026-10-31T23:00Z') };
const HALF_HOUR_MS = 30 * 60_000;
const HOUR_MS = 60 * 60_000;
/** Services hear of each other's records within a second or two. */
const SOON = { timeout: 30_000, interval: 500 };

/** It has its readings, and nothing by which to invoice them. */
export const FOUR: Village = {
  operation: 'ACC00000779',
  name: 'Le Four banal',
  prms: { roof: '99790000000010', lucie: '99790000000101', school: '99790000000102' },
  lucieEmail: 'lucie.four@example.org',
  gapDay: null,
  mayInvoice: false,
};

/** As docs/use/first-operation.md does, up to its readings and prices; return the id of Lucie. */
export async function makeVillage(
  request: APIRequestContext,
  token: string,
  village: Village,
): Promise<string> {
  const { operation: operationId, prms } = village;
  const headers = { authorization: `Bearer ${token}` };
  const send = (method: string, path: string, data?: object) =>
    request.fetch(path, { method, headers, ...(data ? { data } : {}) });
  const put = async (path: string, data: object) => {
    const answer = await send('PUT', path, data);
    expect(answer.ok() || (await answer.text())).toBe(true);
  };
  const again = (method: string, path: string, data?: object) =>
    expect.poll(async () => (await send(method, path, data)).ok(), SOON).toBe(true);

  const [organiser = '', seller = '', lucie = '', school = '', key] = Array.from(
    { length: 5 },
    () => randomUUID(),
  );
  const operation = `/community/operations/${operationId}`;
  await put(`/community/organisers/${organiser}`, {
    name: 'Énergie du Lavoir, association',
    address: ADDRESS,
  });
  await put(operation, {
    name: village.name,
    organiser_id: organiser,
    valid_from: '2026-10-01',
    step_min: 30,
    step_changes: [],
  });
  for (const [id, member] of [
    [seller, village.mayInvoice ? SELLER : { ...SELLER, siren: null, vat_number: null }],
    [lucie, { ...HOUSEHOLD, email: village.lucieEmail }],
    [school, COMMUNE],
  ] as const) {
    await put(`/community/members/${id}`, { ...PLAIN_MEMBER, ...member });
  }
  await put(`/community/points/${prms.roof}`, {
    label: 'Toit du lavoir',
    installed_power_w: 36_000,
    production_kind: 'solar',
    subscribed_power_va: null,
  });
  for (const [prm, label, subscribed_power_va] of [
    [prms.lucie, 'Maison', 6000],
    [prms.school, 'École', 36_000],
  ] as const) {
    await put(`/community/points/${prm}`, {
      label,
      installed_power_w: null,
      production_kind: null,
      subscribed_power_va,
    });
  }
  const stay = { valid_from: '2026-10-01', valid_to: null };
  await put(`${operation}/participations`, [
    { ...stay, prm: prms.roof, direction: 'production', member_id: seller },
    { ...stay, prm: prms.lucie, direction: 'consumption', member_id: lucie },
    { ...stay, prm: prms.school, direction: 'consumption', member_id: school },
  ]);

  const sharingKey = `/allocation/operations/${operationId}/keys/${key}`;
  await again('PUT', sharingKey, { ...stay, title: null, definition: DEFAULT_KEY, poll_id: null });
  await again('POST', `${sharingKey}/approval`);
  await again('POST', `${sharingKey}/declaration`, { declared_on: '2026-09-01' });
  await again('POST', `${sharingKey}/activation`);

  if (village.mayInvoice) {
    await again('PUT', `/billing/operations/${operationId}/prices`, PRICES);
    await again('PUT', `/billing/issuers/${seller}/profile`, PROFILE);
    await again('PUT', `/billing/operations/${operationId}/accise-regime`, ACCISE);
  }

  await sendReadings(request, token, readings(village));
  return lucie;
}

/** As the DSO's feed does. */
async function sendReadings(request: APIRequestContext, token: string, csv: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  const file = { name: 'october.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) };
  const sent = await request.post('/ingest/deliveries', { headers, multipart: { file } });
  expect(sent.ok() || (await sent.text())).toBe(true);
}

/** Have the readings of a day corrected: Lucie has used next to nothing on it. */
export function correctDay(
  request: APIRequestContext,
  token: string,
  { prms }: Village,
  day: string,
): Promise<void> {
  const start = Date.parse(`${day}T00:00+02:00`);
  const lines = Array.from({ length: 48 }, (_, step) => {
    const instant = new Date(start + step * HALF_HOUR_MS).toISOString();
    return `${prms.lucie},consumption,${instant},30,20`;
  });
  return sendReadings(request, token, [HEADING, ...lines, ''].join('\n'));
}

/** Close October and issue its invoices. */
export async function issueOctober(
  request: APIRequestContext,
  token: string,
  { operation }: Village,
): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  const post = (path: string, data: object) => request.post(path, { headers, data });
  const shown = async (path: string) => (await request.get(path, { headers })).json();
  const settlements = `/allocation/operations/${operation}/settlements`;
  const isSettled = async () => (await post(settlements, { month: '2026-10' })).ok();
  await expect.poll(isSettled, SOON).toBe(true);
  const preflight = `/billing/operations/${operation}/preflight?period=2026-10`;
  await expect.poll(async () => (await shown(preflight)).ready, SOON).toBe(true);
  const run = await post('/billing/runs', { operation_id: operation, period: '2026-10' });
  const path = `/billing/runs/${(await run.json()).id}`;
  await expect.poll(async () => (await shown(path)).state, SOON).toBe('review');
  await post(`${path}/issue`, { issue_date: null });
  await expect.poll(async () => (await shown(path)).state, SOON).toBe('issued');
}

const HEADING = 'prm,direction,start,step_min,power_w';

/** Of October but for the gap: about noon the sun shines, and all use more. */
function readings({ prms, gapDay }: Village): string {
  const meters = [
    [prms.roof, 'production', 9000, 0],
    [prms.lucie, 'consumption', 1500, 400],
    [prms.school, 'consumption', 12_000, 900],
  ] as const;
  const lines = [HEADING];
  for (let instant = OCTOBER.start; instant < OCTOBER.end; instant += HALF_HOUR_MS) {
    const start = new Date(instant);
    const isNoon = start.getUTCHours() >= 9 && start.getUTCHours() < 15;
    // By summer time two hours ahead.
    const day = new Date(instant + 2 * HOUR_MS).toISOString().slice(0, 10);
    for (const [prm, direction, atNoon, else_w] of meters) {
      if (day === gapDay && prm === prms.lucie) continue;
      const power = isNoon ? atNoon : else_w;
      lines.push(`${prm},${direction},${start.toISOString()},30,${power}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

const ADDRESS = '2 place du Lavoir\n99770 Fontclaire';
const PLAIN_MEMBER = { delivery_address: null, language: 'fr', vat_number: null };
const SELLER = {
  kind: 'company',
  name: 'Toits du Lavoir, SAS',
  address: ADDRESS,
  email: 'toits@example.org',
  siren: '995000031',
  vat_number: 'FR93995000031',
};
const HOUSEHOLD = {
  kind: 'household',
  name: 'Lucie Fontaine',
  address: '5 rue de la Source\n99770 Fontclaire',
  siren: null,
};
const COMMUNE = {
  kind: 'public_body',
  name: 'Commune de Fontclaire',
  address: '1 place de la Mairie\n99770 Fontclaire',
  email: 'mairie@example.org',
  siren: '995000049',
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
  siret: '99500003100014',
  rcs: 'RCS Fontclaire 995 000 031',
  trade_address: null,
  company_size: null,
  vat_regime: 'standard',
  vat_on_debits: false,
  vat_returns: null,
  payment_terms_days: 30,
  means_of_payment: 'virement',
  complaints_contact: 'toits@example.org',
  invoiced_by: 'issuer',
  mandate: null,
  sends_early: false,
};
const ACCISE = {
  valid_from: '2026-10-01',
  regime: 'exempt',
  legal_basis: 'art. L312-79 et L312-87 du CIBS',
  evidence: 'Dossier A3, note du 2 septembre 2026',
  categories: {},
};
