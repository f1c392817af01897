import { randomUUID } from 'node:crypto';
import type { APIRequestContext } from 'playwright-core';
import { expect } from 'vitest';
import { linkMailedTo } from './mails';

/** Services hear of each other's records within a second or two. */
export const SOON = { timeout: 60_000, interval: 500 };
/** The first day of every operation of the journeys' own. */
const BEGIN = '2026-10-01';
const OCTOBER = { start: Date.parse('2026-09-30T22:00Z'), end: Date.parse('2026-10-31T23:00Z') };
export const HALF_HOUR_MS = 30 * 60_000;

/** What somebody asks of the APIs, with their token. */
export function clientOf(request: APIRequestContext, token: string) {
  const headers = { authorization: `Bearer ${token}` };
  const send = (method: string, path: string, data?: object) =>
    request.fetch(path, { method, headers, ...(data ? { data } : {}) });
  return {
    send,
    /** It must be accepted. */
    do: async (method: string, path: string, data?: object) => {
      const answer = await send(method, path, data);
      expect(answer.ok() || `${path}: ${await answer.text()}`).toBe(true);
    },
    /** Asked again until it is accepted: another service has to hear of what it is about. */
    again: (method: string, path: string, data?: object) =>
      expect.poll(async () => (await send(method, path, data)).ok(), SOON).toBe(true),
    show: async (path: string) => (await send('GET', path)).json(),
    /** As the DSO's feed does. */
    sendFile: async (name: string, csv: string) => {
      const file = { name, mimeType: 'text/csv', buffer: Buffer.from(csv) };
      const answer = await request.post('/ingest/deliveries', { headers, multipart: { file } });
      expect(answer.ok() || (await answer.text())).toBe(true);
    },
  };
}

export type Client = ReturnType<typeof clientOf>;

/** An operation from October on, and the association that organises it, whose id is returned. */
export async function openOperation(
  client: Client,
  id: string,
  name: string,
  address: string,
): Promise<string> {
  const organiser_id = randomUUID();
  await client.do('PUT', `/community/organisers/${organiser_id}`, {
    name: `${name}, association`,
    address,
  });
  await client.do('PUT', `/community/operations/${id}`, {
    name,
    organiser_id,
    valid_from: BEGIN,
    step_min: 30,
    step_changes: [],
  });
  return organiser_id;
}

/** A member with a point, as far as they are no household that consumes. */
export interface Participant {
  prm: string;
  label: string;
  direction?: 'consumption' | 'production';
  point?: object;
  member: { name: string; email: string; address: string } & Record<string, unknown>;
}

const HOUSEHOLD = {
  kind: 'household',
  delivery_address: null,
  language: 'fr',
  siren: null,
  vat_number: null,
};
const POINT = { installed_power_w: null, production_kind: null, subscribed_power_va: 6000 };
export const PLANT = {
  installed_power_w: 36_000,
  production_kind: 'solar',
  subscribed_power_va: null,
};

/** From the operation's first day on; return the ids of the members, in this order. */
export async function enrol(
  client: Client,
  operation: string,
  participants: readonly Participant[],
): Promise<string[]> {
  const members = participants.map(() => randomUUID());
  const stays = [];
  for (const [
    place,
    { prm, label, direction = 'consumption', point, member },
  ] of participants.entries()) {
    const member_id = members[place];
    await client.do('PUT', `/community/members/${member_id}`, { ...HOUSEHOLD, ...member });
    await client.do('PUT', `/community/points/${prm}`, { ...POINT, ...point, label });
    stays.push({ prm, direction, member_id, valid_from: BEGIN, valid_to: null });
  }
  await client.do('PUT', `/community/operations/${operation}/participations`, stays);
  return members;
}

/** A sharing key that is in force from the operation's first day on. */
export async function putInForce(
  client: Client,
  operation: string,
  definition: object = { type: 'default_dynamic' },
  title: string | null = null,
): Promise<void> {
  const key = `/allocation/operations/${operation}/keys/${randomUUID()}`;
  const stay = { valid_from: BEGIN, valid_to: null };
  await client.again('PUT', key, { ...stay, title, definition, poll_id: null });
  await client.again('POST', `${key}/approval`);
  await client.again('POST', `${key}/declaration`, { declared_on: '2026-09-01' });
  await client.again('POST', `${key}/activation`);
}

/** By what a seller invoices: one price for all, who they are, and no accise. */
export async function letSell(
  client: Client,
  operation: string,
  seller: string,
  profile: object,
): Promise<void> {
  await client.again('PUT', `/billing/operations/${operation}/prices`, PRICES);
  await client.again('PUT', `/billing/issuers/${seller}/profile`, { ...PROFILE, ...profile });
  await client.again('PUT', `/billing/operations/${operation}/accise-regime`, ACCISE);
}

/** Invite somebody, and have them accept. */
export async function giveAccount(
  client: Client,
  email: string,
  invitation: object,
  password: string,
): Promise<void> {
  await client.do('POST', '/community/invitations', { email, ...invitation });
  const link = await linkMailedTo(email, /http:\S+\/invitation#[\w-]+/);
  const secret = link.split('#').at(-1);
  await client.do('POST', '/community/invitations/acceptance', { secret, password });
}

/** Its power about noon, when the sun shines and all use more, and at other hours. */
export type Meter = readonly [
  prm: string,
  direction: 'consumption' | 'production',
  atNoon_w: number,
  else_w: number,
];

export const HEADING = 'prm,direction,start,step_min,power_w';

/** Readings of October. */
export function octoberOf(meters: readonly Meter[]): string {
  const lines = [HEADING];
  for (let instant = OCTOBER.start; instant < OCTOBER.end; instant += HALF_HOUR_MS) {
    const start = new Date(instant);
    const isNoon = start.getUTCHours() >= 9 && start.getUTCHours() < 15;
    for (const [prm, direction, atNoon_w, else_w] of meters) {
      lines.push(`${prm},${direction},${start.toISOString()},30,${isNoon ? atNoon_w : else_w}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

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
      valid_from: BEGIN,
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
  valid_from: BEGIN,
  legal_form: 'SAS coopérative à capital variable',
  share_capital_cents: 500_000,
  trade_address: null,
  company_size: null,
  vat_regime: 'standard',
  vat_on_debits: false,
  vat_returns: null,
  payment_terms_days: 30,
  means_of_payment: 'virement',
  invoiced_by: 'issuer',
  mandate: null,
  sends_early: false,
};
const ACCISE = {
  valid_from: BEGIN,
  regime: 'exempt',
  legal_basis: 'art. L312-79 et L312-87 du CIBS',
  evidence: 'Dossier A3, note du 2 septembre 2026',
  categories: {},
};
