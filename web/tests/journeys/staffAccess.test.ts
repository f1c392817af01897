import { expect } from 'vitest';
import { OPERATION, STAFF } from './people';
import { platform, test } from './visitor';

/** Nobody logs in by it. */
const ORGANISER_TO_BE = 'cyprien.ardoise@example.org';
const PROGRAM = 'Dépôt d’essai';

test('a program gets a secret that is shown once, another one, and is revoked', async ({
  visitor,
}) => {
  const { page } = visitor;
  await visitor.logIn(STAFF, platform.operatorPassword);
  await visitor.open('/staff/deliveries');
  await page.getByRole('link', { name: 'Les programmes qui envoient des fichiers' }).click();
  await page.getByText('Donner accès à un programme').click();
  await page.getByLabel('Nom du programme').fill(PROGRAM);
  await page.getByRole('button', { name: 'Créer l’accès' }).click();
  const secret = page.getByRole('region', { name: `Le secret pour « ${PROGRAM} »` });
  await secret.getByText('personne ne pourra plus l’afficher').waitFor();
  const [id = '', first = ''] = await secret.locator('code').allTextContents();
  expect(await tokenBy(id, first)).toBe(200);
  expect(await visitor.barriersOf('staff-program-secret')).toEqual([]);
  await secret.getByRole('button', { name: 'Je l’ai mis dans le programme' }).click();
  await secret.waitFor({ state: 'detached' });

  const card = page.getByRole('region', { name: PROGRAM, exact: true });
  await card.getByText('Changer le secret').click();
  await card.getByRole('button', { name: 'Donner un nouveau secret' }).click();
  await secret.waitFor();
  expect(await secret.locator('code').last().textContent()).not.toBe(first);
  expect(await tokenBy(id, first)).toBe(200);

  await card.getByText('Retirer l’accès').first().click();
  await card.getByLabel('Plus rien n’a besoin de cet accès').check();
  await card.getByRole('button', { name: 'Retirer l’accès' }).click();
  await page.getByText(`L’accès de « ${PROGRAM} » est retiré`).waitFor();
  expect(await tokenBy(id, first)).toBe(401);

  async function tokenBy(client_id: string, client_secret: string): Promise<number> {
    const form = { grant_type: 'client_credentials', client_id, client_secret };
    return (await visitor.context.request.post('/community/token', { form })).status();
  }
});

test('an account runs another operation, after what that means is told', async ({ visitor }) => {
  const { page, context } = visitor;
  const token = await visitor.logIn(STAFF, platform.operatorPassword);
  const headers = { authorization: `Bearer ${token}` };
  const data = {
    roles: ['organiser'],
    operations: ['ACC00000101'],
    member_id: null,
    disabled: false,
  };
  await context.request.put(`/community/accounts/${ORGANISER_TO_BE}`, { headers, data });
  await visitor.open('/staff/accounts');
  await page.getByLabel('Chercher une adresse').fill(ORGANISER_TO_BE);
  await page.getByRole('link', { name: ORGANISER_TO_BE }).click();
  await page.getByText('Changer ce qu’il peut').click();
  await page.getByText('Rien n’est changé pour l’instant').waitFor();
  await page.getByLabel(/^Pousse-Soleil/).uncheck();
  await page.getByLabel('Ajouter une opération').selectOption('ACC00000202');
  await page.getByText('Il ne gère plus Pousse-Soleil').waitFor();
  expect(await visitor.barriersOf('staff-account-rights')).toEqual([]);
  await page.getByLabel('c’est bien ce qu’il faut').check();
  await page.getByRole('button', { name: 'Changer ses droits' }).click();
  await page.getByText('Les droits sont changés').waitFor();

  const accounts = await (await context.request.get('/community/accounts', { headers })).json();
  const account = accounts.find(({ email }: { email: string }) => email === ORGANISER_TO_BE);
  expect(account).toMatchObject({ roles: ['organiser'], operations: ['ACC00000202'] });
});

test('a question to the grid operator says what to do where its API is not set up', async ({
  visitor,
}) => {
  const { page } = visitor;
  await visitor.logIn(STAFF, platform.operatorPassword);
  await visitor.open('/staff/deliveries');
  await page.getByRole('link', { name: /^Les fichiers attendus/ }).click();
  await page.getByText('Aucun résultat n’attend le périmètre').waitFor();
  const card = page.getByRole('region', { name: 'Demander au gestionnaire de réseau' });
  await card.getByLabel('Opération').fill(OPERATION);
  await card.getByLabel('Quoi').selectOption('definitive');
  await card.getByText('par mois entiers').waitFor();
  await card.getByRole('button', { name: 'Demander' }).click();
  await card.getByText('Cette API du gestionnaire de réseau n’est pas branchée ici').waitFor();
});

test('shares of the co-operative are subscribed, and a mistaken entry is cancelled', async ({
  visitor,
}) => {
  const { page } = visitor;
  await visitor.logIn(STAFF, platform.operatorPassword);
  await visitor.open('/staff/accounts');
  await page.getByRole('link', { name: 'Les parts sociales de la coopérative' }).click();
  const form = page.getByRole('region', { name: 'Enregistrer un mouvement' });
  await form.getByText('Souscription, transfert ou remboursement').click();
  await form.getByLabel('Qui reçoit des parts').selectOption('Odette Girouette');
  await form.getByLabel('Nombre de parts').fill('3');
  await form.getByLabel('Valeur nominale').fill('20');
  await form.getByLabel('Où est le papier signé').fill('Bulletin d’essai');
  await form.getByRole('button', { name: 'Enregistrer' }).click();
  const recorded = await form.getByText(/Enregistré sous le nº \d+\./).textContent();
  const number = recorded?.match(/\d+/)?.[0];

  const register = page.getByRole('region', { name: 'Le registre' });
  const movement = register.getByRole('listitem').filter({ hasText: `Nº ${number} :` });
  await movement.getByText('Annuler ce mouvement').click();
  await movement.getByLabel('Raison').fill('Saisi deux fois');
  await movement.getByRole('button', { name: `Annuler le nº ${number}` }).click();
  await movement.getByText('annulé').waitFor();
  expect(await visitor.barriersOf('staff-capital-cancelled')).toEqual([]);
});

test('a member who wrote is noted as to be erased, and the wish is withdrawn', async ({
  visitor,
}) => {
  const { page } = visitor;
  await visitor.logIn(STAFF, platform.operatorPassword);
  await visitor.open('/staff/erasures');
  await page.getByText('Noter une demande reçue autrement').click();
  await page.getByLabel('Membre').selectOption('Basile Tournesol');
  await page.getByRole('button', { name: 'Noter la demande' }).click();
  const request = page.getByRole('region', { name: 'Basile Tournesol' });
  await request.getByText('Participe encore à une opération').waitFor();
  await request.getByText('Ce qui reste, et pourquoi').click();
  await request.getByText('dix ans').first().waitFor();
  expect(await request.getByText('Effacer maintenant').count()).toBe(0);
  expect(await visitor.barriersOf('staff-erasure')).toEqual([]);

  await visitor.open('/staff');
  await page.getByRole('link', { name: /demande à être effacé$/ }).click();
  await request.getByRole('button', { name: 'Retirer la demande de Basile Tournesol' }).click();
  await page.getByText('La demande de Basile Tournesol est retirée').waitFor();
  await request.waitFor({ state: 'detached' });
});
