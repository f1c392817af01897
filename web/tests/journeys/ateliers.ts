import { clientOf, enrol, giveAccount, openOperation } from './givens';
import { STAFF } from './people';
import { test as base, platform, Visitor } from './visitor';

/** An operation of the journeys' own, in which people do things together: no reading, no invoice. */
export const ATELIERS = 'ACC00000782';
const WHO_ORGANISES = 'perrine.lauze@example.org';
const WHO_TAKES_PART = 'marius.chevron@example.org';
const PASSWORD = 'sept mots choisis au hasard';

const ADDRESS = '3 rue des Ateliers\n99770 Fontclaire';
/** Two who consume, with a point each; one of them has an account. */
const MEMBERS = [
  {
    prm: '99770000000201',
    label: 'Maison',
    member: { name: 'Marius Chevron', email: WHO_TAKES_PART, address: ADDRESS },
  },
  {
    prm: '99770000000202',
    label: 'Maison',
    member: { name: 'Nadège Solive', email: 'nadege.solive@example.org', address: ADDRESS },
  },
];

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
  const token = await visitor.logIn(STAFF, platform.operatorPassword);
  const client = clientOf(visitor.context.request, token);
  await openOperation(client, ATELIERS, 'Les Ateliers', ADDRESS);
  const [marius] = await enrol(client, ATELIERS, MEMBERS);
  const asOrganiser = { role: 'organiser', operation_ids: [ATELIERS] };
  await giveAccount(client, WHO_ORGANISES, asOrganiser, PASSWORD);
  await giveAccount(client, WHO_TAKES_PART, { role: 'member', member_id: marius }, PASSWORD);
  await visitor.leave();
}
