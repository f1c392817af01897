import type { APIRequestContext } from 'playwright-core';
import { expect } from 'vitest';
import { clientOf, openOperation } from './givens';
import { linkMailedTo } from './mails';
import { STAFF } from './people';
import { platform, test } from './visitor';

const PATIENCE = { timeout: 30_000 };
const BOARD = 'ACC00000717';
const TABLE = 'ACC00000727';
const ADDRESS = '1 place du Moulin\n99717 Rivelle';
const NEIGHBOUR = { name: 'Fantine Auvent', email: 'fantine.auvent@example.org' };

test('a neighbour goes from the sign-up through the steps to a participant', async ({
  visitor,
}) => {
  const { page } = visitor;
  const token = await visitor.logIn(STAFF, platform.operatorPassword);
  await openOperation(clientOf(visitor.context.request, token), BOARD, 'Le Bief', ADDRESS);
  await signUp(visitor.context.request);
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const unfold = (name: string) => page.getByText(name, { exact: true }).click();
  await visitor.open(`/o/${BOARD}`);
  await page.getByRole('link', { name: 'Leur répondre' }).click();

  // Whom to answer: with what she wrote, and a meter whose number she did not know.
  await page.getByText('« Le toit du moulin me plaît. »').waitFor(PATIENCE);
  expect(await visitor.barriersOf('people-a-sign-up')).toEqual([]);
  await unfold(`Accepter ${NEIGHBOUR.name}`);
  await page.getByLabel('PRM').fill('99 7170 0000 0101');
  await press('Accepter');
  await page.getByText(`${NEIGHBOUR.name} est accepté·e`).waitFor(PATIENCE);

  // No signature without the paper: the refusal says so, and the way there is her page.
  await unfold('Noter la signature');
  await press('A signé');
  await page.getByText('Aucun accord de participation signé ne vaut').waitFor(PATIENCE);
  await page.getByRole('heading', { name: NEIGHBOUR.name }).getByRole('link').click();
  await page.getByRole('heading', { name: NEIGHBOUR.name, level: 1 }).waitFor(PATIENCE);
  await page.getByRole('link', { name: 'Ajouter un document' }).click();
  await page
    .getByRole('textbox', { name: 'Titre' })
    .and(page.locator(`[value*="${NEIGHBOUR.name}"]`))
    .waitFor(PATIENCE);
  const owner = page.getByLabel('À quel membre').locator('option:checked');
  expect(await owner.textContent()).toBe(NEIGHBOUR.name);
  await page.getByLabel('Fichier').setInputFiles({
    name: 'accord.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.7\nAccord de Fantine\n%%EOF\n'),
  });
  await press('Ajouter ce document');
  await page.getByText('Version 1').waitFor(PATIENCE);
  await page.getByText(`${NEIGHBOUR.name} en reçoit l’avis`).waitFor(PATIENCE);
  await unfold('Noter une signature sur papier');
  expect(await page.getByLabel('Par qui').inputValue()).toBe(NEIGHBOUR.name);
  await page.getByLabel('C’est bien ce qui s’est passé').check();
  await press('Noter');
  await page.getByText(`signé le`).first().waitFor(PATIENCE);
  expect(await visitor.barriersOf('people-a-signed-paper')).toEqual([]);
  await page.getByRole('link', { name: NEIGHBOUR.name }).click();
  await page.getByRole('heading', { name: NEIGHBOUR.name, level: 1 }).waitFor(PATIENCE);
  await page.getByText(`signé le`).first().waitFor(PATIENCE);
  expect(await visitor.barriersOf('people-a-prospect')).toEqual([]);

  await page.getByRole('link', { name: 'Entrées, sorties' }).click();
  await page.getByRole('heading', { name: 'Intéressés (1)' }).waitFor(PATIENCE);
  await unfold('Noter la signature');
  await press('A signé');
  await page.getByRole('heading', { name: 'Ont signé (1)' }).waitFor(PATIENCE);

  // The file for the grid operator declares her, and nobody twice.
  await page.getByRole('link', { name: 'Déclarations', exact: true }).click();
  await page.getByText(`: ${NEIGHBOUR.name},`).first().waitFor(PATIENCE);
  await page.getByLabel('J’envoie ce fichier').check();
  expect(await visitor.barriersOf('people-to-declare')).toEqual([]);
  await press('Faire la déclaration');
  await page.getByText('La déclaration est faite.').waitFor(PATIENCE);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Télécharger le fichier/ }).click();
  expect((await download).suggestedFilename()).toContain(`${BOARD}-`);

  await page.getByRole('link', { name: 'Entrées, sorties' }).click();
  await page.getByRole('heading', { name: 'Déclarés (1)' }).waitFor(PATIENCE);
  expect(await visitor.barriersOf('people-declared')).toEqual([]);
  const pages = page.getByRole('navigation', { name: 'Les pages des membres' });
  await pages.getByRole('link', { name: 'Membres' }).click();
  await page.getByRole('row', { name: /Fantine Auvent.*entre bientôt/ }).waitFor(PATIENCE);
}, 120_000);

const LINES = `reference;kind;name;address;email;prm;label;subscribed_power_va
M-01;household;Basile Pignon;2 rue Haute, 99720 Tuilières;basile.pignon@example.org;99727000000101;Maison;6000
M-02;household;Zoé Lucarne;4 rue Haute, 99720 Tuilières;zoe.lucarne@example.org;9972700000010;Maison;9000
`;

test('a table with a wrong line is mended on the page, and imported', async ({ visitor }) => {
  const { page } = visitor;
  const token = await visitor.logIn(STAFF, platform.operatorPassword);
  await openOperation(clientOf(visitor.context.request, token), TABLE, 'Les Tuilières', ADDRESS);
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  await visitor.open(`/o/${TABLE}/people/import`);
  await page.locator('input[type=file]').setInputFiles({
    name: 'membres.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(LINES),
  });
  await press('Vérifier le tableau');

  await page.getByText('1 ligne refusée').waitFor(PATIENCE);
  await page.getByRole('row', { name: /^3 Zoé Lucarne Colonne « prm »/ }).waitFor();
  expect(await page.getByRole('button', { name: 'Importer', exact: true }).count()).toBe(0);
  expect(await visitor.barriersOf('people-a-wrong-line')).toEqual([]);
  await page
    .getByLabel('Contenu du tableau')
    .fill(LINES.replace('9972700000010;', '99727000000102;'));
  await page.getByText('Le tableau a changé depuis').waitFor();
  await press('Vérifier le tableau');
  await page.getByText('2 membres à ajouter, 2 points à ajouter').waitFor(PATIENCE);
  await page.getByLabel('J’ai relu ce qui va changer').check();
  expect(await visitor.barriersOf('people-to-import')).toEqual([]);
  await press('Importer');
  await page.getByText('C’est importé.').waitFor(PATIENCE);

  // Who was imported begins the way in, and the same table again changes nothing.
  await press('Prévoir l’entrée');
  await page.getByText('2 entrées sont prévues.').waitFor(PATIENCE);
  await page
    .getByLabel('Contenu du tableau')
    .fill(LINES.replace('9972700000010;', '99727000000102;'));
  await press('Vérifier le tableau');
  await page.getByText('Rien ne changerait').waitFor(PATIENCE);
  await page.getByRole('link', { name: 'Entrées, sorties' }).click();
  await page.getByRole('heading', { name: 'Intéressés (2)' }).waitFor(PATIENCE);
}, 60_000);

/** As the form does, and the link of its e-mail. */
async function signUp(request: APIRequestContext): Promise<void> {
  const asked = await request.post('/community/sign-ups', {
    data: {
      operation_id: BOARD,
      kind: 'household',
      ...NEIGHBOUR,
      address: '8 rue du Bief\n99717 Rivelle',
      words: 'Le toit du moulin me plaît.',
    },
  });
  expect(asked.ok() || (await asked.text())).toBe(true);
  const link = await linkMailedTo(NEIGHBOUR.email, /\/sign-up#\S+/);
  const confirmed = await request.post('/community/sign-ups/confirmation', {
    data: { secret: link.split('#')[1] },
  });
  expect(confirmed.ok() || (await confirmed.text())).toBe(true);
}
