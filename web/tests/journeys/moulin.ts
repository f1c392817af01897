import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { linkMailedTo } from './mails';
import { STAFF } from './people';
import { platform, type Visitor } from './visitor';

/** An operation of the journeys' own, whose members vote on a key. */
export const MOULIN = 'ACC00000778';
export const MEUNIER = 'organisateur.moulin@example.org';
export const ZELIE = 'zelie.farine@example.org';
export const OSCAR = 'oscar.meule@example.org';
export const PASSWORD = 'les ailes tournent au vent';

const ROOF = '99780000000010';
const HOME = '99780000000101';
const BAKERY = '99780000000102';
const OCTOBER = { start: Date.parse('2026-09-30T22:00Z'), end: Date.parse('2026-10-31T23:00Z') };
const HALF_HOUR_MS = 30 * 60_000;
/** Services hear of each other's records within a second or two. */
const SOON = { timeout: 30_000, interval: 500 };
const ADDRESS = '1 chemin du Moulin\n99780 Fontclaire';

/** With the readings of October, its key of then, and people who can log in. */
export async function makeMoulin(visitor: Visitor): Promise<void> {
  const token = await visitor.logIn(STAFF, platform.operatorPassword);
  const { request } = visitor.context;
  const headers = { authorization: `Bearer ${token}` };
  const send = (method: string, path: string, data?: object) =>
    request.fetch(path, { method, headers, ...(data ? { data } : {}) });
  const done = async (method: string, path: string, data?: object) => {
    const answer = await send(method, path, data);
    expect(answer.ok() || (await answer.text())).toBe(true);
  };
  const again = (method: string, path: string, data?: object) =>
    expect.poll(async () => (await send(method, path, data)).ok(), SOON).toBe(true);

  const [organiser = '', seller = '', zelie = '', oscar = '', key] = Array.from({ length: 5 }, () =>
    randomUUID(),
  );
  const operation = `/community/operations/${MOULIN}`;
  await done('PUT', `/community/organisers/${organiser}`, { name: 'Le Moulin', address: ADDRESS });
  await done('PUT', operation, {
    name: 'Le Moulin',
    organiser_id: organiser,
    valid_from: '2026-10-01',
    step_min: 30,
    step_changes: [],
  });
  for (const [id, name, email] of [
    [seller, 'Roue du Moulin', 'roue.moulin@example.org'],
    [zelie, 'Zélie Farine', ZELIE],
    [oscar, 'Oscar Meule', OSCAR],
  ] as const) {
    await done('PUT', `/community/members/${id}`, { ...HOUSEHOLD, name, email });
  }
  await done('PUT', `/community/points/${ROOF}`, { ...POINT, ...PLANT, label: 'Toit' });
  await done('PUT', `/community/points/${HOME}`, { ...POINT, label: 'Maison' });
  await done('PUT', `/community/points/${BAKERY}`, { ...POINT, label: 'Fournil' });
  const stay = { valid_from: '2026-10-01', valid_to: null };
  await done('PUT', `${operation}/participations`, [
    { ...stay, prm: ROOF, direction: 'production', member_id: seller },
    { ...stay, prm: HOME, direction: 'consumption', member_id: zelie },
    { ...stay, prm: BAKERY, direction: 'consumption', member_id: oscar },
  ]);

  const sharingKey = `/allocation/operations/${MOULIN}/keys/${key}`;
  await again('PUT', sharingKey, { ...stay, title: 'Au début', definition: KEY, poll_id: null });
  await again('POST', `${sharingKey}/approval`);
  await again('POST', `${sharingKey}/declaration`, { declared_on: '2026-09-01' });
  await again('POST', `${sharingKey}/activation`);

  const file = { name: 'moulin.csv', mimeType: 'text/csv', buffer: Buffer.from(readings()) };
  const sent = await request.post('/ingest/deliveries', { headers, multipart: { file } });
  expect(sent.ok() || (await sent.text())).toBe(true);

  await done('POST', '/community/invitations', {
    email: MEUNIER,
    role: 'organiser',
    operation_ids: [MOULIN],
  });
  await done('POST', '/community/invitations', { email: ZELIE, role: 'member', member_id: zelie });
  await done('POST', '/community/invitations', { email: OSCAR, role: 'member', member_id: oscar });
  for (const email of [MEUNIER, ZELIE, OSCAR]) {
    const link = await linkMailedTo(email, /http:\S+\/invitation#[\w-]+/);
    const secret = link.split('#').at(-1);
    await done('POST', '/community/invitations/acceptance', { secret, password: PASSWORD });
  }
}

/** Of October: about noon the sun shines; one uses most at noon, the other at all times. */
function readings(): string {
  const lines = ['prm,direction,start,step_min,power_w'];
  for (let instant = OCTOBER.start; instant < OCTOBER.end; instant += HALF_HOUR_MS) {
    const start = new Date(instant);
    const isNoon = start.getUTCHours() >= 9 && start.getUTCHours() < 15;
    for (const [prm, direction, atNoon, else_w] of METERS) {
      lines.push(`${prm},${direction},${start.toISOString()},30,${isNoon ? atNoon : else_w}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

const METERS = [
  [ROOF, 'production', 4001, 0],
  [HOME, 'consumption', 900, 500],
  [BAKERY, 'consumption', 5000, 1000],
] as const;

/** What Zélie leaves goes to Oscar: a rule that the DSO does not know. */
const KEY = { type: 'static', shares: { [HOME]: '0.6', [BAKERY]: '0.4' }, redistribute: true };
const HOUSEHOLD = {
  kind: 'household',
  address: ADDRESS,
  siren: null,
  delivery_address: null,
  language: 'fr',
  vat_number: null,
};
const POINT = { installed_power_w: null, production_kind: null, subscribed_power_va: 6000 };
const PLANT = { installed_power_w: 9000, production_kind: 'solar', subscribed_power_va: null };
