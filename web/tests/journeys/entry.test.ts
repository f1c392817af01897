import { expect } from 'vitest';
import { linkMailedTo } from './mails';
import { INVITED, MEMBER, TWO_OPERATIONS } from './people';
import { platform, test } from './visitor';

const STRANGER = 'eulalie.lucarne@example.org';

test('a password is refused in words, and a right one leads where one wanted to go', async ({
  visitor,
}) => {
  const { page } = visitor;
  await visitor.open('/history');
  expect(page.url()).toContain('/log-in');

  await page.getByLabel('Adresse e-mail').fill(MEMBER);
  await page.getByLabel('Mot de passe').fill('not the password');
  await page.getByRole('button', { name: 'Se connecter' }).click();
  expect(await page.getByRole('alert').textContent()).toContain('ne vont pas ensemble');
  await page.getByLabel('Mot de passe').fill(platform.password);
  await page.getByRole('button', { name: 'Se connecter' }).click();

  await page.waitForURL('**/history?point=1');
});

test('who has forgotten the password chooses another one by a link', async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open('/log-in');
  await page.getByRole('link', { name: /Mot de passe oublié/ }).click();
  await page.getByRole('heading', { name: 'Se connecter par un lien' }).waitFor();
  await page.getByLabel('Adresse e-mail').fill(TWO_OPERATIONS);
  await page.getByRole('button', { name: 'Envoyer le lien' }).click();
  await page.getByRole('status').waitFor();
  const link = await linkMailedTo(TWO_OPERATIONS, /http:\S+\/log-in#[\w-]+/);

  const tab = await visitor.openTab();
  await tab.goto(link);
  await tab.getByText('Choisir aussi un nouveau mot de passe').click();
  expect(await visitor.barriersOf('log-in-by-a-link', tab)).toEqual([]);
  // The same one, so that other journeys find it.
  await tab.getByRole('textbox', { name: 'Nouveau mot de passe' }).fill(platform.password);
  await tab.getByRole('button', { name: 'Se connecter' }).click();

  await tab.waitForURL('**/month/*');
});

test('a first visit leads from an invitation to one’s month', async ({ visitor }) => {
  const { page } = visitor;
  const link = await linkMailedTo(INVITED, /http:\S+\/invitation#[\w-]+/);

  await page.goto(link);
  await page.getByText('vous invite').waitFor();
  expect(page.url()).not.toContain('#');
  expect(await visitor.barriersOf('an-invitation')).toEqual([]);
  await page.getByLabel(/Choisissez un mot de passe/).fill('six mots au hasard');
  await page.getByRole('button', { name: 'Accepter' }).click();

  await page.waitForURL('**/month/*');
  await page.getByRole('figure', { name: /Votre mois/ }).waitFor();
  await page.getByRole('button', { name: 'C’est compris' }).click();
  await page.getByRole('button', { name: 'C’est compris' }).waitFor({ state: 'detached' });
});

test('a stranger finds an operation near home and asks to join it', async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open('/operations');
  await page.getByRole('link', { name: 'Pousse-Soleil' }).click();
  await page.getByLabel('Votre adresse').fill('2 rue des encriers pousselac');
  await page.getByRole('button', { name: 'Vérifier' }).first().click();
  await page.getByText('Adresse comprise : 2 Rue des Encriers 99110').waitFor();
  await page.getByText('Oui, vous êtes assez près.').waitFor();
  await page.getByRole('link', { name: 'Demander à rejoindre' }).first().click();
  await page.getByLabel('Votre nom').fill('Eulalie Lucarne');
  await page.getByLabel('Adresse du compteur').fill('2 rue des Encriers\n99110 Pousselac');
  await page.getByLabel('Adresse e-mail').fill(STRANGER);
  await page.getByRole('button', { name: 'Envoyer ma demande' }).click();
  await page.getByText('Plus qu’une étape').waitFor();

  const tab = await visitor.openTab();
  await tab.goto(await linkMailedTo(STRANGER, /http:\S+\/sign-up#[\w-]+/));
  await tab.getByRole('button', { name: 'Oui, c’est ma demande' }).click();

  await tab.getByRole('heading', { name: 'C’est confirmé' }).waitFor();
  expect(await visitor.barriersOf('a-sign-up-confirmed', tab)).toEqual([]);
});
