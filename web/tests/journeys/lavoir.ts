import { randomUUID } from 'node:crypto';
import type { APIRequestContext } from 'playwright-core';
import { expect } from 'vitest';

/** An operation of the journeys' own, whose October is to be closed. */
export const LAVOIR = 'ACC00000777';
/** A day of which a meter sent nothing. */
const GAP_DAY = '2026-10-20';

const ROOF = '99770000000010';
const LUCIE = '99770000000101';
const SCHOOL = '99770000000102';
const OCTOBER = { start: Date.parse('2026-09-30T22:00Z'), end: Date.parse('2026-10-31T23:00Z') };
const HALF_HOUR_MS = 30 * 60_000;
const HOUR_MS = 60 * 60_000;
/** Services hear of each other's records within a second or two. */
const SOON = { timeout: 30_000, interval: 500 };

/** As docs/use/first-operation.md does, up to its readings and prices; of these readings a day is missing. */
export async function makeLavoir(request: APIRequestContext, token: string): Promise<void> {
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
  const operation = `/community/operations/${LAVOIR}`;
  await put(`/community/organisers/${organiser}`, {
    name: 'Énergie du Lavoir, association',
    address: ADDRESS,
  });
  await put(operation, {
    name: 'Le Lavoir',
    organiser_id: organiser,
    valid_from: '2026-10-01',
    step_min: 30,
    step_changes: [],
  });
  for (const [id, member] of [
    [seller, SELLER],
    [lucie, HOUSEHOLD],
    [school, COMMUNE],
  ] as const) {
    await put(`/community/members/${id}`, { ...PLAIN_MEMBER, ...member });
  }
  await put(`/community/points/${ROOF}`, {
    label: 'Toit du lavoir',
    installed_power_w: 36_000,
    production_kind: 'solar',
    subscribed_power_va: null,
  });
  for (const [prm, label, subscribed_power_va] of [
    [LUCIE, 'Maison', 6000],
    [SCHOOL, 'École', 36_000],
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
    { ...stay, prm: ROOF, direction: 'production', member_id: seller },
    { ...stay, prm: LUCIE, direction: 'consumption', member_id: lucie },
    { ...stay, prm: SCHOOL, direction: 'consumption', member_id: school },
  ]);

  const sharingKey = `/allocation/operations/${LAVOIR}/keys/${key}`;
  await again('PUT', sharingKey, { ...stay, title: null, definition: DEFAULT_KEY, poll_id: null });
  await again('POST', `${sharingKey}/approval`);
  await again('POST', `${sharingKey}/declaration`, { declared_on: '2026-09-01' });
  await again('POST', `${sharingKey}/activation`);

  await again('PUT', `/billing/operations/${LAVOIR}/prices`, PRICES);
  await again('PUT', `/billing/issuers/${seller}/profile`, PROFILE);
  await again('PUT', `/billing/operations/${LAVOIR}/accise-regime`, ACCISE);

  const file = { name: 'october.csv', mimeType: 'text/csv', buffer: Buffer.from(readings()) };
  const sent = await request.post('/ingest/deliveries', { headers, multipart: { file } });
  expect(sent.ok() || (await sent.text())).toBe(true);
}

/** Of October but for a day of Lucie's: about noon the sun shines, and all use more. */
function readings(): string {
  const lines = ['prm,direction,start,step_min,power_w'];
  for (let instant = OCTOBER.start; instant < OCTOBER.end; instant += HALF_HOUR_MS) {
    const start = new Date(instant);
    const isNoon = start.getUTCHours() >= 9 && start.getUTCHours() < 15;
    // By summer time two hours ahead.
    const isGap = new Date(instant + 2 * HOUR_MS).toISOString().startsWith(GAP_DAY);
    for (const [prm, direction, atNoon, else_w] of METERS) {
      if (isGap && prm === LUCIE) continue;
      const power = isNoon ? atNoon : else_w;
      lines.push(`${prm},${direction},${start.toISOString()},30,${power}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

const METERS = [
  [ROOF, 'production', 9000, 0],
  [LUCIE, 'consumption', 1500, 400],
  [SCHOOL, 'consumption', 12_000, 900],
] as const;

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
  email: 'lucie.fontaine@example.org',
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
