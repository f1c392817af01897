import { join } from 'node:path';
import { expect } from 'vitest';
import { ATELIERS, test } from './ateliers';
import { drawForGuide } from './guidePictures';
import { platform, type Visitor } from './visitor';

const PATIENCE = { timeout: 30_000 };
/** Its deadline is to come whenever this runs, and the guide shows its name. */
const MONTH = '2098-01';
const PAGE = `/o/${ATELIERS}/keys/deposits?month=${MONTH}`;

test('coefficients before the month, from the choice to what the grid operator has', async ({
  organiser,
}) => {
  const { page } = organiser;
  await organiser.open(PAGE);
  await page.getByText('Rien n’est à déposer').waitFor(PATIENCE);
  expect(await organiser.barriersOf('deposits-not-taken')).toEqual([]);

  await page.getByText('Changer à partir de ce mois').click();
  await page.getByLabel('Fixer les coefficients').selectOption('Avant le mois');
  await page.getByLabel(/^Délai, en jours/).fill('1');
  await page.getByLabel(/^Prévision automatique, en jours/).fill('7');
  await page.getByRole('button', { name: 'Enregistrer ce choix' }).click();
  await page.getByText('Les coefficients de ce mois sont à déposer.').waitFor(PATIENCE);
  await page.getByText('Sans dépôt, rien ne partage le mois').waitFor();
  // The last day is 31 December.
  await page.getByText('Si rien n’est déposé le 24 décembre 2097').waitFor();

  await depositRules(organiser);
  expect(await organiser.barriersOf('deposited')).toEqual([]);

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Télécharger le fichier' }).click();
  const file = join(platform.screenshots, 'coefficients.txt');
  await (await download).saveAs(file);
  await page.getByLabel('Le gestionnaire de réseau a reçu ce fichier').check();
  await page.getByRole('button', { name: 'Noter l’envoi' }).click();
  await page.getByText('déposés et envoyés au gestionnaire de réseau').waitFor(PATIENCE);
  await page.getByText(/^Envoyé le/).waitFor();

  await page.getByText('Retirer ce dépôt').first().click();
  await page.getByLabel('Ce dépôt ne doit plus compter').check();
  await page.getByRole('button', { name: 'Retirer ce dépôt' }).click();
  await page.getByText('Le dépôt est retiré').waitFor(PATIENCE);

  // Nobody of this operation has a reading.
  await page.getByText('Par une prévision').click();
  await page.getByRole('button', { name: 'Voir ce que cela donnerait' }).click();
  await page.getByText('Aucune consommation n’est attendue').waitFor(PATIENCE);
  await page.getByRole('button', { name: 'Déposer la prévision' }).click();
  await expect
    .poll(() => page.getByText('Aucune consommation n’est attendue').count(), PATIENCE)
    .toBe(2);
  await page.getByText('Par une prévision').click();

  await page.getByText('Par un fichier').click();
  await page.getByLabel('Fichier des coefficients').setInputFiles(file);
  await page.getByRole('button', { name: 'Déposer ce fichier' }).click();
  await page
    .getByText(/^N° 3, par un fichier/)
    .first()
    .waitFor(PATIENCE);
  await page.getByText('Tout ce qui a été déposé ou retiré').click();
  await page.getByText(/^N° 2, retrait/).waitFor();
  await page.getByText('Tout ce qui a été déposé ou retiré').click();
  expect(await organiser.barriersOf('deposited-again')).toEqual([]);

  await organiser.open(PAGE);
  await page.getByRole('row', { name: /Marius Chevron/ }).waitFor();
  await drawForGuide(page, 'deposits');
});

/** Anew until the services have heard of the operation. */
async function depositRules({ page }: Visitor): Promise<void> {
  await page.getByText('Par des règles simples').click();
  await page.getByRole('button', { name: 'Ajouter une plage' }).click();
  const window = page.getByRole('region', { name: 'Plage 1' });
  await window.getByLabel('Jours').selectOption('Jours ouvrés');
  await window.getByLabel('Marius Chevron').fill('60');
  await window.getByLabel('Nadège Solive').fill('40');
  await window.getByText('En tout : 100 %').waitFor();
  const row = page.getByRole('row', { name: /Marius Chevron/ });
  const deposit = async () => {
    await page.getByRole('button', { name: 'Déposer ces règles' }).click();
    await row.or(page.getByRole('alert')).first().waitFor(PATIENCE);
    return row.count();
  };
  await expect.poll(deposit, PATIENCE).toBe(1);
  expect(await row.textContent()).toContain('60');
}
