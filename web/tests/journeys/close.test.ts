import { expect } from 'vitest';
import { MEMBER, OPERATION, ORGANISER, STAFF } from './people';
import { LAVOIR, makeVillage } from './villages';
import { platform, test } from './visitor';

const PATIENCE = { timeout: 30_000 };

test('a month with a gap is closed and invoiced on one page', async ({ visitor }) => {
  const { page } = visitor;
  const token = await visitor.logIn(STAFF, platform.operatorPassword);
  await makeVillage(visitor.context.request, token, LAVOIR);
  const step = (name: string) => page.locator(`#${name}`);
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  await expect
    .poll(async () => {
      await visitor.open(`/o/${LAVOIR.operation}/months/2026-10`);
      return step('shares').textContent();
    }, PATIENCE)
    .toMatch(/30\sjours sont répartis sur 31/);

  // The gap: whose it is, and that it keeps the month open.
  expect(await step('shares').textContent()).toContain('il manque des mesures de Lucie Fontaine');
  expect(await step('settlement').textContent()).toContain('Tous les jours doivent d’abord être');
  expect(await step('settlement').getByRole('button').count()).toBe(0);
  expect(await visitor.barriersOf('a-month-with-a-gap')).toEqual([]);
  await press('Tout redemander');
  await step('data').getByText('C’est redemandé : 1 période attend sa réponse.').waitFor(PATIENCE);
  await page.getByText('Estimer ce qui manque').click();
  await press('Estimer');
  await step('data').getByText('C’est fait : 48 mesures estimées').waitFor(PATIENCE);
  await press('Compter les estimations, pour tous les mois');
  await step('shares').getByText('Les 31 jours du mois sont répartis.').waitFor(PATIENCE);

  await press('Clore octobre 2026');
  await step('settlement').getByText('Clôture n° 1, provisoire').waitFor(PATIENCE);
  await press('Vérifier');
  await step('settlement').getByText('exactement le même résultat').waitFor(PATIENCE);

  // The drafts: what is unusual first, and no issue without a tick.
  await press('Préparer les brouillons');
  await step('bills').getByText('2 brouillons à relire').waitFor(PATIENCE);
  const [first] = await step('bills').locator('tbody tr').allTextContents();
  expect(first).toContain('Commune de FontclaireChorus Pro attend son SIRET');
  expect(await visitor.barriersOf('drafts-to-review')).toEqual([]);
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
  expect(await visitor.barriersOf('a-month-invoiced')).toEqual([]);
}, 180_000);

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
  await page.getByText('Point par point').click();
  await page.getByText('Le Fournil des Deux Tuiles, SARL · partagé').first().waitFor();
});

test('who runs no operation is told whose its pages are', async ({ visitor }) => {
  await visitor.logIn(MEMBER);
  for (const path of ['/o', `/o/${OPERATION}`, `/o/${OPERATION}/months/2026-10`]) {
    await visitor.open(path);
    expect(await visitor.heading()).toBe('Cette page est celle de l’organisateur');
  }
  // In the navigation there is nothing of it.
  const navigation = visitor.page.getByRole('navigation', { name: 'Pages' });
  expect(await navigation.getByRole('link').allTextContents()).toEqual([
    'Mois',
    'Jour',
    'Factures',
    'Ensemble',
    'Moi',
  ]);
});
