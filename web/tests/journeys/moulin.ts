import {
  clientOf,
  enrol,
  giveAccount,
  octoberOf,
  openOperation,
  PLANT,
  putInForce,
} from './givens';
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
const ADDRESS = '1 chemin du Moulin\n99780 Fontclaire';
/** What Zélie leaves goes to Oscar: a rule that the DSO does not know. */
const KEY = { type: 'static', shares: { [HOME]: '0.6', [BAKERY]: '0.4' }, redistribute: true };

/** With the readings of October, its key of then, and people who can log in. */
export async function makeMoulin(visitor: Visitor): Promise<void> {
  const token = await visitor.logIn(STAFF, platform.operatorPassword);
  const client = clientOf(visitor.context.request, token);
  await openOperation(client, MOULIN, 'Le Moulin', ADDRESS);
  const [, zelie, oscar] = await enrol(client, MOULIN, [
    {
      prm: ROOF,
      label: 'Toit',
      direction: 'production',
      point: { ...PLANT, installed_power_w: 9000 },
      member: { name: 'Roue du Moulin', email: 'roue.moulin@example.org', address: ADDRESS },
    },
    {
      prm: HOME,
      label: 'Maison',
      member: { name: 'Zélie Farine', email: ZELIE, address: ADDRESS },
    },
    {
      prm: BAKERY,
      label: 'Fournil',
      member: { name: 'Oscar Meule', email: OSCAR, address: ADDRESS },
    },
  ]);
  await putInForce(client, MOULIN, KEY, 'Au début');
  // One uses most at noon, the other at all times.
  const readings = octoberOf([
    [ROOF, 'production', 4001, 0],
    [HOME, 'consumption', 900, 500],
    [BAKERY, 'consumption', 5000, 1000],
  ]);
  await client.sendFile('moulin.csv', readings);
  await giveAccount(client, MEUNIER, { role: 'organiser', operation_ids: [MOULIN] }, PASSWORD);
  await giveAccount(client, ZELIE, { role: 'member', member_id: zelie }, PASSWORD);
  await giveAccount(client, OSCAR, { role: 'member', member_id: oscar }, PASSWORD);
}
