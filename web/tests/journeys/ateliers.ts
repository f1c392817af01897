import { randomUUID } from 'node:crypto';
import type { APIRequestContext } from 'playwright-core';
import { expect } from 'vitest';
import { linkMailedTo } from './mails';
import { STAFF } from './people';
import { test as base, platform, Visitor } from './visitor';

/** An operation of the journeys' own, in which people do things together: no reading, no invoice. */
export const ATELIERS = 'ACC00000782';
const WHO_ORGANISES = 'perrine.lauze@example.org';
const WHO_TAKES_PART = 'marius.chevron@example.org';
const PASSWORD = 'sept mots choisis au hasard';

const PLAIN_MEMBER = {
  kind: 'household',
  address: '3 rue des Ateliers\n99770 Fontclaire',
  delivery_address: null,
  language: 'fr',
  siren: null,
  vat_number: null,
};
/** Two who consume, with a point each; one of them has an account. */
const MEMBERS = [
  { name: 'Marius Chevron', email: WHO_TAKES_PART, prm: '99770000000201' },
  { name: 'Nadège Solive', email: 'nadege.solive@example.org', prm: '99770000000202' },
] as const;

/** A test with who organises it, and with a member, each in a browser of their own. */
export const test = base.extend<{ organiser: Visitor; member: Visitor }>({
  organiser: async ({ task }, use) => lend(WHO_ORGANISES, task, use),
  member: async ({ task }, use) => lend(WHO_TAKES_PART, task, use),
});

async function lend(
  email: string,
  task: { name: string; result?: { state: string } },
  use: (visitor: Visitor) => Promise<void>,
): Promise<void> {
  // Once for all journeys.
  made ??= make();
  await made;
  const visitor = await Visitor.arrive();
  await visitor.logIn(email, PASSWORD);
  await use(visitor);
  if (task.result?.state === 'fail') await visitor.testify(`${task.name} ${email}`);
  await visitor.leave();
}

let made: Promise<void> | undefined;

/** Its members, who organises it, and the account of one of them. */
async function make(): Promise<void> {
  const visitor = await Visitor.arrive();
  const { request } = visitor.context;
  const token = await visitor.logIn(STAFF, platform.operatorPassword);
  const send = sender(request, token);
  const organiser = randomUUID();
  await send('PUT', `/community/organisers/${organiser}`, {
    name: 'Les Ateliers, association',
    address: PLAIN_MEMBER.address,
  });
  const operation = `/community/operations/${ATELIERS}`;
  await send('PUT', operation, {
    name: 'Les Ateliers',
    organiser_id: organiser,
    valid_from: '2026-10-01',
    step_min: 30,
    step_changes: [],
  });
  const stays = [];
  for (const { name, email, prm } of MEMBERS) {
    const member_id = randomUUID();
    await send('PUT', `/community/members/${member_id}`, { ...PLAIN_MEMBER, name, email });
    await send('PUT', `/community/points/${prm}`, {
      label: 'Maison',
      installed_power_w: null,
      production_kind: null,
      subscribed_power_va: 6000,
    });
    stays.push({
      prm,
      member_id,
      direction: 'consumption',
      valid_from: '2026-10-01',
      valid_to: null,
    });
  }
  await send('PUT', `${operation}/participations`, stays);
  const invite = async (invitation: object, email: string) => {
    await send('POST', '/community/invitations', { email, ...invitation });
    const link = await linkMailedTo(email, /http:\S+\/invitation#[\w-]+/);
    const secret = link.split('#')[1];
    await send('POST', '/community/invitations/acceptance', { secret, password: PASSWORD });
  };
  await invite({ role: 'organiser', operation_ids: [ATELIERS] }, WHO_ORGANISES);
  await invite({ role: 'member', member_id: stays[0]?.member_id }, WHO_TAKES_PART);
  await visitor.leave();
}

function sender(request: APIRequestContext, token: string) {
  const headers = { authorization: `Bearer ${token}` };
  return async (method: string, path: string, data: object) => {
    const answer = await request.fetch(path, { method, headers, data });
    expect(answer.ok() || `${path}: ${await answer.text()}`).toBe(true);
  };
}
