import { expect } from 'vitest';
import { NO_POINT_YET as IDLE, OPERATION, STAFF } from './people';
import { platform, test, type Visitor } from './visitor';

/** Requests of the demonstration: one just received, one at its study. */
const RECEIVED = 'Flavie Gerbier, Saint-Ondin';
const STUDIED = 'Irène Tavernel, Montvergne-les-Toits';
const NEW_OPERATION = 'ACC00000908';

test('staff follow a request from its arrival until it is agreed, with its study', async ({
  visitor,
}) => {
  const { page } = visitor;
  await visitor.logIn(STAFF, platform.operatorPassword);
  await visitor.open('/');
  await page.getByRole('link', { name: 'Demandes' }).click();
  await page.getByRole('link', { name: /^Reçue/ }).click();
  await page.getByRole('link', { name: RECEIVED }).click();

  await page.getByText('Flavie Gerbier le voit aussitôt').waitFor();
  await move(visitor, 'Lue et retenue');
  await move(visitor, 'À l’étude');
  await page.getByRole('button', { name: 'Lancer le calcul' }).click();
  await page.getByText('Partagé entre voisins').waitFor();
  await page.getByLabel('Nouvelle note').fill('Le toit est assez solide.');
  await page.getByRole('button', { name: 'Ajouter la note' }).click();
  await page.getByText('La note est ajoutée').waitFor();
  await move(visitor, 'Acceptée');

  await page.getByRole('heading', { name: 'En faire une opération' }).waitFor();
  expect(await visitor.barriersOf('staff-request-agreed')).toEqual([]);
});

test('an agreed request becomes an operation', async ({ visitor }) => {
  const { page } = visitor;
  await visitor.logIn(STAFF, platform.operatorPassword);
  await visitor.open('/staff/requests?stage=study');
  await page.getByRole('link', { name: STUDIED }).click();
  await move(visitor, 'Acceptée');
  await page.getByText('Cela ne se défait pas').waitFor();

  await page.getByLabel('Identifiant de l’opération').fill('acc00000101');
  await page.getByLabel('Premier jour de l’opération').fill('2027-01-01');
  await page.getByRole('button', { name: 'Ajouter un point' }).click();
  await page.getByLabel('PRM').fill('99 0000 0000 0909');
  await page.getByLabel('Nom du point').fill('Toit de l’école');
  await page.getByLabel('Ce que c’est').selectOption({ index: 1 });
  await page.getByLabel('sont ceux de la convention').check();
  await page.getByRole('button', { name: 'Créer l’opération' }).click();
  await page.getByText('Cet identifiant est déjà celui d’une opération').waitFor();
  await page.getByLabel('Identifiant de l’opération').fill(NEW_OPERATION);
  await page.getByRole('button', { name: 'Créer l’opération' }).click();

  await page.getByText('Cette demande est devenue une opération').waitFor();
  expect(await visitor.barriersOf('staff-request-made')).toEqual([]);
  await page.getByRole('link', { name: `Ouvrir l’opération ${NEW_OPERATION}` }).click();
  await page.waitForURL(`**/o/${NEW_OPERATION}`);
  await page.getByRole('heading', { name: 'Montvergne-les-Toits' }).waitFor();
});

/** Of a point that nobody has: a reading, another one for its step, one that cannot be. */
const FILE = `prm,direction,start,step_min,power_w
99000000000919,consumption,2026-10-01T10:00:00+02:00,30,500
99000000000919,consumption,2026-10-01T10:00:00+02:00,30,700
99000000000919,consumption,2026-10-01T10:30:00+02:00,30,-4
`;

test('a file is sent, and what is wrong in it is released or discarded with a reason', async ({
  visitor,
}) => {
  const { page } = visitor;
  await visitor.logIn(STAFF, platform.operatorPassword);
  await visitor.open('/staff/deliveries');
  await page.locator('input[type=file]').setInputFiles({
    name: 'essai-octobre.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(FILE),
  });
  await page.getByText('2 mis à part').first().waitFor();
  expect(await visitor.barriersOf('staff-file-sent')).toEqual([]);
  await page.getByRole('link', { name: 'essai-octobre.csv' }).first().click();
  await page.getByRole('link', { name: 'Voir ce qui est mis à part' }).click();

  await page.getByRole('button', { name: 'Choisir tous ceux de la liste' }).click();
  await page.getByText('1 des choisis ne peut pas être libéré').waitFor();
  const because = page.getByRole('textbox', { name: 'Raison' });
  await because.fill('Le compteur a été lu de nouveau : 700 W.');
  // What was typed stays, whichever records are chosen.
  const choice = page.getByLabel('Choisir l’enregistrement : ligne 4');
  await choice.uncheck();
  await page.getByText('ne peut pas être libéré').waitFor({ state: 'detached' });
  await choice.check();
  expect(await because.inputValue()).toContain('700 W');
  await page.getByLabel('cela ne se reprend pas').check();
  expect(await visitor.barriersOf('staff-quarantine-chosen')).toEqual([]);
  await page.getByRole('button', { name: 'Libérer' }).click();
  await page.getByText('1 enregistrement est décidé : 1 mesure nouvelle').waitFor();

  await page.getByRole('link', { name: 'Valeur négative, ligne 4' }).click();
  await page.getByText('Il ne peut pas être lu comme une mesure').waitFor();
  await page.getByRole('button', { name: 'Écarter' }).click();
  await page.getByText('À remplir').first().waitFor();
  await page
    .getByRole('textbox', { name: 'Raison' })
    .first()
    .fill('Une faute de signe, déjà corrigée.');
  await page.getByLabel('cela ne se reprend pas').first().check();
  await page.getByRole('button', { name: 'Écarter' }).click();
  await page.getByText('Une faute de signe, déjà corrigée.').waitFor();
  await page.getByText('1 enregistrement est décidé').waitFor();
  expect(await visitor.barriersOf('staff-record-discarded')).toEqual([]);
});

test('staff invite somebody, and withdraw it, which the log tells', async ({ visitor }) => {
  const { page } = visitor;
  await visitor.logIn(STAFF, platform.operatorPassword);
  await visitor.open('/staff/accounts');
  await page.getByText('Inviter quelqu’un').click();
  await page.getByLabel('Adresse e-mail').fill('nouvel.organisateur@example.org');
  await page.getByText('et la gère').waitFor();
  // No operation is given away before it is chosen.
  await page.locator('select[name=operation]:invalid').selectOption(OPERATION);
  await page.getByRole('button', { name: 'Envoyer l’invitation' }).click();
  await page.getByText('C’est envoyé à nouvel.organisateur@example.org').waitFor();
  await page
    .getByRole('button', { name: 'Retirer l’invitation de nouvel.organisateur@example.org' })
    .click();
  await page.getByText('C’est retiré').waitFor();

  await visitor.open('/staff/audit');
  await page.getByText('Chercher').first().click();
  await page.getByLabel('Table').fill('invitation');
  await page.getByRole('button', { name: 'Chercher' }).click();
  await page.waitForURL('**/staff/audit?entity=invitation');
  await page.getByText('POST /community/invitations/{invitation_id}/withdrawal').first().waitFor();
  await page
    .getByText(/^\d+\schamps?$/u)
    .first()
    .click();
  await page.getByRole('columnheader', { name: 'Avant' }).first().waitFor();
});

test('an account is disabled, and enabled again', async ({ visitor }) => {
  const { page } = visitor;
  await visitor.logIn(STAFF, platform.operatorPassword);
  await visitor.open('/staff/accounts');
  await page.getByLabel('Chercher une adresse').fill('Odette');
  await page.getByText('0 compte', { exact: true }).waitFor();
  await page.getByLabel('Chercher une adresse').fill(IDLE);
  await page.getByRole('link', { name: IDLE }).click();
  await page.getByText('Désactiver le compte').first().click();
  await page.getByText(`${IDLE} est déconnecté partout`).waitFor();
  expect(await visitor.barriersOf('staff-account-to-disable')).toEqual([]);
  await page.getByRole('button', { name: 'Désactiver le compte' }).click();
  await page.getByText('Le compte est désactivé').waitFor();
  await page.getByText('Réactiver le compte').first().click();
  await page.getByRole('button', { name: 'Réactiver le compte' }).click();
  await page.getByText('Le compte est réactivé').waitFor();
});

async function move({ page }: Visitor, stage: string): Promise<void> {
  await page.getByRole('button', { name: `Passer à : ${stage}` }).click();
  await page.getByText(`la demande est à l’étape « ${stage} »`).waitFor();
}
