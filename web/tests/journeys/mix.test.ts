import { expect } from 'vitest';
import { clientOf, enrol, openOperation } from './givens';
import { STAFF } from './people';
import { platform, test, Visitor } from './visitor';

/** An operation of the journeys' own, with a plant of each kind: no reading, no invoice. */
const VALLON = 'ACC00000784';
const ADDRESS = '2 chemin du Moulin\n99784 Vallon-le-Vieux';
const PLANTS = [
  ['99784000000010', 'solar', 250_000],
  ['99784000000020', 'wind', 1_500_000],
  ['99784000000030', 'hydro', 92_500],
  ['99784000000040', 'biomass', 40_000],
  ['99784000000050', null, null],
] as const;

test('of plants of every kind each has its power, told or withheld', async ({ visitor }) => {
  const { page } = visitor;
  await makeVallon(visitor);
  await visitor.context.clearCookies();

  await visitor.open(`/operations/${VALLON}`);

  await page.getByRole('heading', { name: 'Ce qui produit' }).waitFor();
  const rows = await page.getByRole('table').getByRole('row').allTextContents();
  expect(rows.map((row) => row.replace(/\s/gu, ' '))).toEqual([
    'vent1 500 kW',
    'soleil250 kWc',
    'eau92,5 kW',
    'biomasse40 kW',
    'non précisénon montrée',
  ]);
  await page.getByText('Une puissance n’est pas montrée quand').waitFor();
  expect(await visitor.barriersOf('plants-of-every-kind')).toEqual([]);
  await visitor.turnTo(true);
  expect(await visitor.barriersOf('plants-of-every-kind.phone')).toEqual([]);

  const english = await Visitor.arrive({ language: 'en-GB', isEnlarged: true });
  await english.open(`/operations/${VALLON}`);
  expect(await english.barriersOf('plants-of-every-kind.enlarged')).toEqual([]);
  expect(await english.page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  await english.leave();
});

async function makeVallon(visitor: Visitor): Promise<void> {
  const token = await visitor.logIn(STAFF, platform.operatorPassword);
  const client = clientOf(visitor.context.request, token);
  await openOperation(client, VALLON, 'Le Vallon', ADDRESS);
  await enrol(
    client,
    VALLON,
    PLANTS.map(([prm, production_kind, installed_power_w], place) => ({
      prm,
      label: `Centrale ${place + 1}`,
      direction: 'production',
      point: { production_kind, installed_power_w, subscribed_power_va: null },
      member: {
        kind: 'company',
        name: `Énergies du Vallon ${place + 1}`,
        email: `vallon-${place + 1}@example.org`,
        address: ADDRESS,
      },
    })),
  );
  await client.do('PUT', `/community/operations/${VALLON}/presentation`, {
    is_public: true,
    takes_members: false,
    contact_email: 'bonjour@example.org',
    commune_names: ['Vallon-le-Vieux'],
    text: null,
  });
}
