import { expect } from 'vitest';
import { MEUNIER, MOULIN, makeMoulin, OSCAR, PASSWORD, ZELIE } from './moulin';
import { test, type Visitor } from './visitor';

const PATIENCE = { timeout: 30_000 };
/** For two members to vote. */
const SHORT_VOTE_MS = 25_000;

test('a vote that adopts a key, from a comparison to the day on which it begins', async ({
  visitor,
}) => {
  const { page } = visitor;
  await makeMoulin(visitor);
  await visitor.context.clearCookies();
  const token = await visitor.logIn(MEUNIER, PASSWORD);
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const settled = async () => {
    const headers = { authorization: `Bearer ${token}` };
    const path = `/allocation/operations/${MOULIN}/days?month=2026-10`;
    const { days } = await (await visitor.context.request.get(path, { headers })).json();
    return days.filter(({ status }: { status: string }) => status === 'allocated').length;
  };
  await expect.poll(settled, PATIENCE).toBe(31);

  // The file of the key of then: it loses a little to rounding, and is recorded as sent.
  await visitor.open(`/o/${MOULIN}/keys/coefficients?month=2026-10`);
  await page.getByText('les pourcentages sont arrondis vers le bas').waitFor();
  await page.getByLabel('J’ai déposé ce fichier').check();
  await press('Noter l’envoi');
  await page.getByText('C’est le fichier d’aujourd’hui').waitFor(PATIENCE);
  expect(await visitor.barriersOf('coefficients-sent')).toEqual([]);

  await writeAndDelete(visitor);

  await page.getByRole('link', { name: 'Comparer des clés' }).click();
  expect(await visitor.barriersOf('keys-to-compare')).toEqual([]);
  await press('Comparer');
  await page.getByRole('heading', { name: 'Ce que donne chaque clé' }).waitFor(PATIENCE);
  await page.getByRole('link', { name: 'Parts fixes et égales' }).click();
  await page.getByText('Avec « Parts fixes et égales »').waitFor();
  const rows = page.getByRole('row', { name: /Zélie Farine|Oscar Meule/ });
  expect(await rows.count()).toBe(2);
  expect(await visitor.barriersOf('keys-compared')).toEqual([]);
  await page.getByLabel('Nom', { exact: true }).fill('À parts égales');
  await press('En faire un brouillon');
  await page.getByRole('heading', { name: 'À parts égales', level: 1 }).waitFor(PATIENCE);
  const ofKey = new URL(page.url()).pathname;

  await page.getByRole('link', { name: 'Préparer le vote' }).click();
  await page.getByText('3 membres peuvent voter, une voix chacun').waitFor();
  expect(await visitor.barriersOf('a-vote-to-open')).toEqual([]);
  // Of a vote of two weeks the journey waits for its end only.
  await endSoon(visitor);
  await page.getByLabel('J’ai relu la question et la clé').check();
  await press('Ouvrir le vote');
  await page
    .getByRole('heading', { name: 'Adopter la clé « À parts égales » ?' })
    .waitFor(PATIENCE);
  const ofPoll = new URL(page.url()).pathname;

  for (const email of [ZELIE, OSCAR]) await vote(visitor, email, ofPoll);

  await visitor.context.clearCookies();
  await visitor.logIn(MEUNIER, PASSWORD);
  const isOver = async () => {
    await visitor.open(ofKey);
    return page.getByText('les membres l’ont adoptée').count();
  };
  await expect.poll(isOver, { timeout: 2 * SHORT_VOTE_MS, interval: 1000 }).toBe(1);
  await page.getByText('par le vote des membres, le').waitFor(PATIENCE);
  expect(await visitor.barriersOf('a-key-adopted')).toEqual([]);
  await page.getByLabel('Le gestionnaire de réseau a reçu la déclaration').check();
  await press('Noter la déclaration');
  await page.getByText('« Au début » s’arrête ce jour-là').waitFor(PATIENCE);
  await page.getByLabel('J’ai vérifié la règle et les jours').check();
  await press('Mettre en vigueur');
  await page.getByText('décidée : elle partage à partir du').waitFor(PATIENCE);

  await page.getByRole('link', { name: 'Clés' }).first().click();
  const adopted = page.getByRole('row', { name: /À parts égales/ });
  await adopted.waitFor();
  expect(await adopted.textContent()).toContain('À venir');
  expect(await adopted.textContent()).toContain('adoptée par un vote');
  expect(await visitor.barriersOf('keys-of-an-operation')).toEqual([]);
}, 240_000);

/** A draft by the form, changed, and deleted: what is seen last are the keys. */
async function writeAndDelete(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await visitor.open(`/o/${MOULIN}/keys`);
  await page.getByRole('link', { name: 'Écrire une clé' }).click();
  await page.getByLabel(/^Nom/).fill('Zélie d’abord');
  await page.getByLabel('Comment partager').selectOption('Par rang');
  await page.getByLabel('Oscar Meule').fill('2');
  await page.getByRole('button', { name: 'Enregistrer le brouillon' }).click();
  await page.getByRole('heading', { name: 'Zélie d’abord', level: 1 }).waitFor(PATIENCE);
  await page.getByRole('listitem').filter({ hasText: 'Rang 2 : Oscar Meule' }).waitFor();

  await page.getByText('Modifier ce brouillon').click();
  await page.getByLabel('Comment partager').selectOption('Parts fixes');
  await page.getByLabel('Oscar Meule').fill('62,5');
  await page.getByText('C’est plus que toute la production').waitFor();
  await page.getByLabel('Zélie Farine').fill('30');
  await page.getByText('En tout : 92,5 %').waitFor();
  expect(await visitor.barriersOf('a-draft-under-way')).toEqual([]);
  await page.getByRole('button', { name: 'Enregistrer le brouillon' }).click();
  await page.getByText('Les parts font 92,5 % en tout').waitFor(PATIENCE);

  await page.getByText('Supprimer').first().click();
  await page.getByLabel('Nous n’en voulons plus').check();
  await page.getByRole('button', { name: 'Supprimer' }).click();
  await page.getByRole('heading', { name: 'Les clés de partage' }).waitFor(PATIENCE);
  await page.getByText('Zélie d’abord').first().waitFor({ state: 'detached' });
}

/** Have the vote that is opened next end within seconds. */
async function endSoon({ page }: Visitor): Promise<void> {
  await page.route('**/polls/*', (route) => {
    if (route.request().method() !== 'PUT') return route.continue();
    const closes_at = new Date(Date.now() + SHORT_VOTE_MS).toISOString();
    return route.continue({ postData: { ...route.request().postDataJSON(), closes_at } });
  });
}

async function vote(visitor: Visitor, email: string, poll: string): Promise<void> {
  const { page } = visitor;
  await visitor.context.clearCookies();
  await visitor.logIn(email, PASSWORD);
  await visitor.open(poll);
  await page.locator('label', { hasText: 'Oui, l’adopter' }).click();
  await page.getByRole('button', { name: 'Voter' }).click();
  await page.getByRole('button', { name: 'Déposer ce bulletin' }).click();
  await page.getByRole('heading', { name: 'Votre reçu' }).waitFor();
}
