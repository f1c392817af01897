import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { bankDay } from './bank';
import { clientOf, giveAccount } from './givens';
import { MEMBER, OPERATION, ORGANISER, STAFF } from './people';
import { type Meter, r63 } from './r63';
import { LAVOIR, makeVillage } from './villages';
import { platform, test, type Visitor } from './visitor';

const PATIENCE = { timeout: 30_000 };
const MOST_PRESSES = 25;
const WHO_ORGANISES = 'solene.battoir@example.org';
const PASSWORD = 'sept mots choisis au hasard';

const { prms } = LAVOIR;
const DIRECTIONS = { roof: 'PROD', lucie: 'CONS', school: 'CONS' } as const;
const WATTS = { roof: [9000, 0], lucie: [1500, 400], school: [12_000, 900] } as const;

/** A file of a meter as the DSO's portal has it, of days until before another one. */
function fileOf(place: keyof typeof prms, from: string, to: string) {
  const [atNoon, otherwise] = WATTS[place];
  const meter: Meter = {
    prm: prms[place],
    direction: DIRECTIONS[place],
    watts: (hour) => (hour >= 9 && hour < 15 ? atNoon : otherwise),
  };
  return {
    name: `ENEDIS_R63_P_CdC_${place}_${from.slice(0, 10)}.csv`,
    text: r63([meter], new Date(from), new Date(to)),
  };
}

const [FIRST, LAST] = ['2026-09-30T22:00Z', '2026-10-31T23:00Z'];
/** Of the 20th Lucie's meter sent nothing. */
const FILES = [
  fileOf('roof', FIRST, LAST),
  fileOf('school', FIRST, LAST),
  fileOf('lucie', FIRST, '2026-10-19T22:00Z'),
  fileOf('lucie', '2026-10-20T22:00Z', LAST),
];

/** Le Lavoir without a reading, an account to which Lucie's invoices are debited, and who organises it. */
async function makeLavoir(visitor: Visitor): Promise<void> {
  const token = await visitor.logIn(STAFF, platform.operatorPassword);
  const { request } = visitor.context;
  const { seller, lucie } = await makeVillage(request, token, LAVOIR);
  const client = clientOf(request, token);
  await client.again('PUT', `/billing/issuers/${seller}/creditor`, CREDITOR);
  await client.again('PUT', `/billing/issuers/${seller}/mandates/${randomUUID()}`, {
    debtor_id: lucie,
    ...MANDATE,
  });
  await giveAccount(
    client,
    WHO_ORGANISES,
    { role: 'organiser', operation_ids: [LAVOIR.operation] },
    PASSWORD,
  );
}

const CREDITOR = {
  name: 'Toits du Lavoir',
  iban: 'FR7630006000011234567890189',
  bic: null,
  ics: 'FR72ZZZ123456',
  collected_by: null,
  convention: null,
  edition: 2019,
  notice_days: 14,
};
const MANDATE = {
  rum: 'LAVOIR-LUCIE-1',
  signed_on: '2026-10-01',
  holder: 'Lucie Fontaine',
  iban: 'FR1420041010050500013M02606',
  bic: null,
};

/** Let go above the place for files, as from a folder of one's own. */
async function drop(page: Page, files: readonly { name: string; text: string }[]): Promise<void> {
  const held = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const { name, text } of all) transfer.items.add(new File([text], name));
    return transfer;
  }, files);
  const zone = page.getByRole('group', { name: 'Envoyer des fichiers' });
  await zone.dispatchEvent('drop', { dataTransfer: held });
}

test('a month is closed from dropped files to invoices that are debited, in 25 presses', async ({
  visitor,
}) => {
  const { page } = visitor;
  await makeLavoir(visitor);
  await visitor.logIn(WHO_ORGANISES, PASSWORD);
  const presses = await visitor.countPresses();
  const step = (name: string) => page.locator(`#${name}`);
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const follow = (name: string) => page.getByRole('link', { name, exact: true }).click();
  await visitor.open(`/o/${LAVOIR.operation}`);

  await follow('Clôture');
  await follow('Envoyer les fichiers du gestionnaire de réseau');
  await drop(page, FILES);
  const read = page.getByText('enregistré', { exact: true });
  // Among those that were sent just now, and among all.
  await expect.poll(() => read.count(), PATIENCE).toBe(2 * FILES.length);
  // By its address: the one that "Clôture" leads to is the last that is over.
  await visitor.open(`/o/${LAVOIR.operation}/months/2026-10`);

  // The gap: whose it is, and that it keeps the month open.
  await step('shares')
    .getByText(/30\sjours sont répartis sur 31/)
    .waitFor(PATIENCE);
  expect(await step('shares').textContent()).toContain('il manque des mesures de Lucie Fontaine');
  expect(await step('settlement').textContent()).toContain('Tous les jours doivent d’abord être');
  expect(await step('settlement').getByRole('button').count()).toBe(0);
  expect(await visitor.barriersOf('a-month-with-a-gap')).toEqual([]);
  // Two ways to choose it: by a click in the picture, and without a mouse.
  const gap = page.getByRole('checkbox', { name: /^Lucie Fontaine.*20 octobre.*48\smesures/ });
  await gap.first().click();
  await step('data')
    .getByText(/1\sjour choisi/)
    .waitFor();
  expect(await visitor.barriersOf('a-gap-chosen')).toEqual([]);
  await press('Redemander ces jours');
  await step('data').getByText('C’est redemandé.').waitFor(PATIENCE);
  await gap.first().press(' ');
  await press('Estimer ces jours');
  await step('data').getByText('C’est fait : 48 mesures estimées').waitFor(PATIENCE);
  await press('Compter les estimations, pour tous les mois');
  await step('shares').getByText('Les 31 jours du mois sont répartis.').waitFor(PATIENCE);

  await press('Clore octobre 2026');
  await step('settlement').getByText('Clôture n° 1, provisoire').waitFor(PATIENCE);
  await press('Vérifier');
  await step('settlement').getByText('exactement le même résultat').waitFor(PATIENCE);
  // The DSO has sent no results yet, which keeps nobody waiting.
  await step('dso').getByText('n’empêchent pas de facturer').waitFor();

  // The drafts: what is unusual first, which is looked at, and no issue without a tick.
  await press('Préparer les brouillons');
  await step('bills').getByText('2 brouillons à relire').waitFor(PATIENCE);
  const [first] = await step('bills').locator('tbody tr').allTextContents();
  expect(first).toMatch(/^Commune de Fontclaire.*Chorus Pro attend son SIRET/);
  expect(await visitor.barriersOf('drafts-to-review')).toEqual([]);
  await follow('Commune de Fontclaire');
  await page.getByRole('heading', { name: 'Facture en brouillon' }).waitFor(PATIENCE);
  await follow('Aller à la clôture du mois');
  await press('Émettre les 2 documents');
  // It is the tick that is refused, and nothing was sent.
  await step('bills').locator('input[name=checked]:user-invalid').waitFor(PATIENCE);
  expect(await step('bills').getByText('2 brouillons à relire').isVisible()).toBe(true);
  await page.getByLabel('J’ai relu les brouillons').check();
  await press('Émettre les 2 documents');
  await step('bills').getByText('2 documents sont émis').waitFor(PATIENCE);
  await step('bills').getByText('Émis en date du').waitFor();
  const bills = page.getByRole('list', { name: 'Les cinq étapes' }).getByText('2 émises');
  await bills.waitFor(PATIENCE);
  await page.getByLabel('J’ai regardé à qui ils vont').check();
  await press('Envoyer par e-mail ce qui ne l’a pas encore été');
  await step('bills')
    .getByText(/partent par e-mail|déjà envoyé/)
    .waitFor(PATIENCE);

  // For who keeps the books, and then for the bank: the day is one on which it is all due.
  await step('bills').getByText('1 facture de ce mois peut être prélevée').waitFor(PATIENCE);
  await press('FEC, Toits du Lavoir, SAS');
  await page.getByText('Enregistré : FEC-2026.txt').waitFor(PATIENCE);
  expect(await visitor.barriersOf('a-month-invoiced')).toEqual([]);
  await follow('Préparer les prélèvements');
  const day = page.getByLabel('Jour du prélèvement');
  await day.fill(bankDay(new Date(await day.inputValue())));
  await press('Voir qui sera prélevé');
  await page.getByRole('row', { name: 'Lucie Fontaine' }).waitFor(PATIENCE);
  await page.getByLabel('J’ai regardé qui sera prélevé').check();
  await press('Faire le prélèvement');
  await press('Télécharger');
  await page.getByText('Enregistré : pain.008').waitFor(PATIENCE);

  expect(presses()).toBeGreaterThan(20);
  expect(presses()).toBeLessThanOrEqual(MOST_PRESSES);
}, 240_000);

test('an organiser comes from the log-in to what differs from the grid', async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open('/log-in');
  await page.getByLabel('Adresse e-mail').fill(ORGANISER);
  await page.getByLabel('Mot de passe').fill(platform.password);
  await page.getByRole('button', { name: 'Se connecter' }).click();

  await page.getByRole('heading', { name: 'Vos opérations' }).waitFor();
  await page.getByRole('link', { name: 'Pousse-Soleil' }).click();
  await page.getByRole('heading', { name: 'Pousse-Soleil', level: 1 }).waitFor();
  await page.getByText('Solène Persienne').waitFor();
  await visitor.open(`/o/${OPERATION}/months/2026-10`);
  await page.getByRole('link', { name: /^Réseau/ }).click();
  await page.getByText('Sans explication').first().waitFor();
  await page.locator('summary', { hasText: 'Point par point' }).click();
  await page.getByText('Le Fournil des Deux Tuiles, SARL · partagé').first().waitFor();
});

/** Of the pages for who runs an operation and for staff, as their routes are written. */
function addressesIn(folder: string, operation: string): string[] {
  const parents = new Map([
    ['operation', `/o/${operation}`],
    ['payments', `/o/${operation}/payments`],
    ['staff', '/staff'],
  ]);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      const routes = text.matchAll(/getParentRoute: \(\) => (\w+),\s+path: '([^']+)'/g);
      return [...routes].flatMap(([, parent = '', path = '']) => {
        const before = parents.get(parent);
        return before ? [before + path.replace('$month', '2026-10').replace('$step', 'key')] : [];
      });
    })
    .map((path) => path.replace(/\$\w+/g, randomUUID()).replace(/\/$/, ''));
}

const ROUTES = fileURLToPath(new URL('../../src/routes', import.meta.url));

/** Go to an address without loading all anew, as by a link. */
async function goTo(visitor: Visitor, address: string): Promise<void> {
  await visitor.page.evaluate((path) => {
    history.pushState(null, '', path);
    dispatchEvent(new PopStateEvent('popstate'));
  }, address);
  await visitor.settle();
}

test.for<[string, string]>([
  [MEMBER, OPERATION],
  // It is not among those that this one runs.
  [ORGANISER, 'ACC00009999'],
])('%s is told whose each page of %s and of staff is', async ([email, operation], { visitor }) => {
  const { page } = visitor;
  await visitor.logIn(email);
  await visitor.open('/me');
  const addresses = addressesIn(ROUTES, operation);
  expect(addresses.length).toBeGreaterThan(60);
  const unlike: string[] = [];
  for (const address of addresses) {
    await goTo(visitor, address);
    const whose = address.startsWith('/staff')
      ? 'Cette page est celle de l’équipe de la plateforme'
      : 'Cette page est celle de l’organisateur';
    // The page may still be coming where nothing is asked for: its script is read from the cache.
    await page
      .getByRole('heading', { name: whose })
      .waitFor({ timeout: 10_000 })
      .catch(() => null);
    const heading = await visitor.heading();
    const alerts = await page.getByRole('alert').count();
    const came = new URL(page.url()).pathname;
    const isSame = came === address || address.endsWith('/months');
    if (heading !== whose || alerts > 0 || !isSame) unlike.push(`${address}: ${heading} ${came}`);
  }
  expect(unlike).toEqual([]);
  const forbidden = visitor.refused().filter((answer) => answer.startsWith('403'));
  expect(forbidden).toEqual([]);
});

test('a stranger is asked to log in first, and comes where they wanted', async ({ visitor }) => {
  for (const address of [`/o/${OPERATION}/months/2026-10`, '/staff/audit']) {
    await visitor.open(address);
    expect(await visitor.heading()).toBe('Se connecter');
    expect(new URL(visitor.page.url()).searchParams.get('next')).toBe(address);
  }
});

test('who runs no operation has nothing of it in the navigation', async ({ visitor }) => {
  await visitor.logIn(MEMBER);
  await visitor.open('/o');
  expect(await visitor.heading()).toBe('Cette page est celle de l’organisateur');
  const navigation = visitor.page.getByRole('navigation', { name: 'Pages' });
  expect(await navigation.getByRole('link').allTextContents()).toEqual([
    'Mois',
    'Jour',
    'Factures',
    'Ensemble',
    'Moi',
  ]);
});
