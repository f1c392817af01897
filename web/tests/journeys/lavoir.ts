import { randomUUID } from 'node:crypto';
import type { APIRequestContext } from 'playwright-core';
import { expect } from 'vitest';

/** An operation of the journeys' own, whose October is to be closed. */
export const LAVOIR = 'ACC00000777';
/** A day of which a meter sent nothing. */
const GAP_DAY = '2026-10-20';

const OCTOBER = { start: Date.parse('2026-09-30T22:00Z'), end: Date.parse('2026-10-31T23:00Z') };
const HALF_HOUR_MS = 30 * 60_000;
const HOUR_MS = 60 * 60_000;
/** Services hear of each other's records within a second or two. */
const SOON = { timeout: 30_000, interval: 500 };

/** An operation of three points, and what is missing in it. */
interface Variant {
  id: string;
  name: string;
  /** The begin of its points' numbers, which no other operation has. */
  points: string;
  /** A day of which a meter sent nothing; null: all is there. */
  gapDay: string | null;
  /** Whether its prices, its seller and its taxes are known. */
  mayInvoice: boolean;
}

/** As docs/use/first-operation.md does, up to its readings and prices; of these readings a day is missing. */
export function makeLavoir(request: APIRequestContext, token: string): Promise<void> {
  return makeOperation(request, token, {
    id: LAVOIR,
    name: 'Le Lavoir',
    points: '9977',
    gapDay: GAP_DAY,
    mayInvoice: true,
  });
}

/** The same of another operation, which may lack other things. */
export async function makeOperation(
  request: APIRequestContext,
  token: string,
  variant: Variant,
): Promise<void> {
  const roof = `${variant.points}0000000010`;
  const home = `${variant.points}0000000101`;
  const hall = `${variant.points}0000000102`;
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
  const operation = `/community/operations/${variant.id}`;
  await put(`/community/organisers/${organiser}`, {
    name: 'Énergie du Lavoir, association',
    address: ADDRESS,
  });
  await put(operation, {
    name: variant.name,
    organiser_id: organiser,
    valid_from: '2026-10-01',
    step_min: 30,
    step_changes: [],
  });
  for (const [id, member] of [
    [seller, variant.mayInvoice ? SELLER : { ...SELLER, siren: null, vat_number: null }],
    [lucie, HOUSEHOLD],
    [school, COMMUNE],
  ] as const) {
    await put(`/community/members/${id}`, { ...PLAIN_MEMBER, ...member });
  }
  await put(`/community/points/${roof}`, {
    label: 'Toit du lavoir',
    installed_power_w: 36_000,
    production_kind: 'solar',
    subscribed_power_va: null,
  });
  for (const [prm, label, subscribed_power_va] of [
    [home, 'Maison', 6000],
    [hall, 'École', 36_000],
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
    { ...stay, prm: roof, direction: 'production', member_id: seller },
    { ...stay, prm: home, direction: 'consumption', member_id: lucie },
    { ...stay, prm: hall, direction: 'consumption', member_id: school },
  ]);

  const sharingKey = `/allocation/operations/${variant.id}/keys/${key}`;
  await again('PUT', sharingKey, { ...stay, title: null, definition: DEFAULT_KEY, poll_id: null });
  await again('POST', `${sharingKey}/approval`);
  await again('POST', `${sharingKey}/declaration`, { declared_on: '2026-09-01' });
  await again('POST', `${sharingKey}/activation`);

  if (variant.mayInvoice) {
    await again('PUT', `/billing/operations/${variant.id}/prices`, PRICES);
    await again('PUT', `/billing/issuers/${seller}/profile`, PROFILE);
    await again('PUT', `/billing/operations/${variant.id}/accise-regime`, ACCISE);
  }

  const october = readings({ roof, home, hall }, variant.gapDay);
  const file = { name: 'october.csv', mimeType: 'text/csv', buffer: Buffer.from(october) };
  const sent = await request.post('/ingest/deliveries', { headers, multipart: { file } });
  expect(sent.ok() || (await sent.text())).toBe(true);
}

interface Meters {
  roof: string;
  home: string;
  hall: string;
}

/** Of October but for a day of the home's: about noon the sun shines, and all use more. */
function readings({ roof, home, hall }: Meters, gapDay: string | null): string {
  const meters = [
    [roof, 'production', 9000, 0],
    [home, 'consumption', 1500, 400],
    [hall, 'consumption', 12_000, 900],
  ] as const;
  const lines = ['prm,direction,start,step_min,power_w'];
  for (let instant = OCTOBER.start; instant < OCTOBER.end; instant += HALF_HOUR_MS) {
    const start = new Date(instant);
    const isNoon = start.getUTCHours() >= 9 && start.getUTCHours() < 15;
    // By summer time two hours ahead.
    const isGap = new Date(instant + 2 * HOUR_MS).toISOString().slice(0, 10) === gapDay;
    for (const [prm, direction, atNoon, else_w] of meters) {
      if (isGap && prm === home) continue;
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
