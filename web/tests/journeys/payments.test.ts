import { expect } from 'vitest';
import { bankDay, statement } from './bank';
import { FOURNIL, FOURNIL_IBAN, makeFournil } from './fournil';
import { MEMBER, OPERATION, STAFF } from './people';
import { platform, test } from './visitor';

const PATIENCE = { timeout: 30_000 };

/** In time for a notice of 14 days. */
const IN_TIME_MS = 15 * 24 * 60 * 60_000;

test('a statement pays one invoice by itself, and another one by hand; the rest is debited', async ({
  visitor,
}) => {
  const { page } = visitor;
  const token = await visitor.logIn(STAFF, platform.operatorPassword);
  const invoices = await makeFournil(visitor.context.request, token);
  const [adele, basile] = [invoices['Adèle Levain'], invoices['Basile Meunier']];
  if (!adele || !basile) throw new Error('Their invoices are not issued');
  const press = (name: string | RegExp) => page.getByRole('button', { name }).click();

  await visitor.open(`/o/${FOURNIL}/payments`);
  expect(await visitor.heading()).toBe('Paiements');
  await page.getByText('Aucun relevé de la banque n’a encore été pris').waitFor();
  expect(await visitor.barriersOf('payments-of-fournil')).toEqual([]);
  await page.getByRole('link', { name: 'Prendre un relevé, Soleil du Fournil, SAS' }).click();

  const buffer = statement(FOURNIL_IBAN, [
    { cents: adele.cents, from: 'MME LEVAIN', text: `facture ${adele.number} merci` },
    { cents: basile.cents, from: 'M. OU MME MEUNIER', text: 'electricite d octobre' },
  ]);
  await page
    .getByLabel('Choisir les fichiers')
    .setInputFiles({ name: 'releve.xml', mimeType: 'application/xml', buffer });
  await page.getByText(/2\snouveaux mouvements, dont 1 rapproché tout seul/).waitFor(PATIENCE);
  expect(await visitor.barriersOf('a-statement-taken')).toEqual([]);
  expect(page.url()).not.toContain('FR76');

  // What no rule has matched, beside what it may be meant for: the right one comes first.
  await page.getByRole('link', { name: /^Rapprocher .*MME MEUNIER/ }).click();
  await page.getByRole('checkbox').first().waitFor(PATIENCE);
  const [first] = await page.locator('fieldset label').allTextContents();
  expect(first).toContain(`${basile.number} · Basile Meunier`);
  expect(first).toContain('même montant · même nom');
  await page.getByLabel('Numéro, client ou montant').fill(basile.number);
  await page.getByRole('checkbox').check();
  await page.getByText('sera payée en entier').waitFor();
  expect(await visitor.barriersOf('a-movement-matched-by-hand')).toEqual([]);
  await press('Rapprocher');
  // It is the tick that is refused, and nothing was sent.
  await page.locator('input[name=checked]:user-invalid').waitFor(PATIENCE);
  await page.getByLabel('J’ai vérifié que c’est bien cette facture').check();
  await press('Rapprocher');
  await page.getByText(`ce mouvement est entré pour ${basile.number}`).waitFor(PATIENCE);
  await page.getByText('Rien n’attend').waitFor(PATIENCE);

  for (const { id } of [adele, basile]) {
    await visitor.open(`/invoices/${id}`);
    await page.getByText('Payée').first().waitFor(PATIENCE);
    await page.getByRole('heading', { name: 'Ce que la banque en a reçu' }).waitFor(PATIENCE);
  }

  // What was said of it is taken back, said to be not ours, and taken back again.
  const back = async () => {
    await page.getByRole('button', { name: /^Reprendre .*MME MEUNIER/ }).click();
    await press('Oui, le reprendre');
    await page.getByRole('link', { name: /^Rapprocher .*MME MEUNIER/ }).waitFor(PATIENCE);
  };
  await visitor.open(`/o/${FOURNIL}/payments`);
  await page.getByRole('link', { name: /^Relevés de banque/ }).click();
  await page.getByRole('link', { name: new RegExp(`^${basile.number}`) }).waitFor(PATIENCE);
  expect(await visitor.barriersOf('what-paid-what')).toEqual([]);
  await back();
  await page.getByRole('link', { name: /^Rapprocher .*MME MEUNIER/ }).click();
  await press('Il ne concerne pas les factures');
  await page.getByText('ce mouvement est entré pour le compte 471').waitFor(PATIENCE);
  await back();
  await page.getByRole('link', { name: /^Rapprocher .*MME MEUNIER/ }).click();
  await page.getByRole('checkbox').first().check();
  await page.getByLabel('J’ai vérifié que c’est bien cette facture').check();
  await press('Rapprocher');
  await page.getByText(`ce mouvement est entré pour ${basile.number}`).waitFor(PATIENCE);

  // Who owes leads to their account, and a name, a number or a filter to documents.
  await visitor.open(`/o/${FOURNIL}/payments`);
  expect(await visitor.barriersOf('who-owes-what')).toEqual([]);
  await page.getByRole('link', { name: 'Capucine Farine' }).click();
  await page.getByRole('heading', { name: /Compte\s: Capucine Farine/ }).waitFor(PATIENCE);
  await page.getByRole('table', { name: 'Tout ce qui a été facturé et payé' }).waitFor(PATIENCE);
  expect(await visitor.barriersOf('an-account-of-a-customer')).toEqual([]);
  for (const file of ['Relevé de compte (PDF)', 'Tableau (CSV)']) {
    const coming = page.waitForEvent('download');
    await press(file);
    expect((await coming).suggestedFilename()).toMatch(/^compte-[0-9-]+\.(pdf|csv)$/);
  }
  await visitor.open(`/o/${FOURNIL}/bills/documents`);
  const look = page.getByLabel('Numéro, référence ou nom du client');
  await look.fill('farine');
  await page.getByRole('link', { name: 'Capucine Farine' }).click();
  await page.getByText(/Client\s: Capucine Farine/).waitFor(PATIENCE);
  expect(page.url()).not.toContain('arine');
  await look.fill(basile.number.toLowerCase().replace('-', ' '));
  await look.press('Enter');
  await page.getByRole('rowheader', { name: /Basile Meunier/ }).waitFor(PATIENCE);
  await page.getByText('Filtres').click();
  await page.getByLabel('Paiement').selectOption('overdue');
  await page.getByText('Aucun document ne correspond').waitFor(PATIENCE);
  expect(await visitor.barriersOf('invoices-looked-for')).toEqual([]);

  // Who has signed on paper is debited of the rest: it is seen before, and wants a tick.
  await visitor.open(`/o/${FOURNIL}/payments/mandates`);
  await page.getByText('Enregistrer un mandat signé sur papier').click();
  await page.getByLabel('Qui sera prélevé').selectOption({ label: 'Capucine Farine' });
  await page.getByLabel('Titulaire du compte').fill('Capucine Farine');
  await page.getByLabel('IBAN').fill('FR14 2004 1010 0505 0001 3M02 606');
  await press('Enregistrer le mandat');
  await page.getByText('Le mandat est enregistré.').waitFor(PATIENCE);
  await page.getByRole('heading', { name: 'Capucine Farine' }).waitFor(PATIENCE);
  expect(await visitor.barriersOf('a-mandate-recorded')).toEqual([]);

  await visitor.open(`/o/${FOURNIL}/payments/collections`);
  await page.getByLabel('Jour du prélèvement').fill(bankDay(new Date(Date.now() + IN_TIME_MS)));
  await press('Voir qui sera prélevé');
  await page.getByText(/1\sclient sera prélevé/).waitFor(PATIENCE);
  expect(await visitor.barriersOf('a-collection-previewed')).toEqual([]);
  await page.getByLabel('J’ai regardé qui sera prélevé').check();
  await press('Faire le prélèvement');
  await page.getByText('attend la banque').waitFor(PATIENCE);
  const download = page.waitForEvent('download');
  await press('Télécharger');
  expect((await download).suggestedFilename()).toMatch(/^pain\.008-.*\.xml$/);
  expect(await visitor.barriersOf('a-collection-made')).toEqual([]);
  await page.getByText('Annuler ce prélèvement').click();
  await page.getByLabel('Ce fichier n’est pas parti à la banque').check();
  await press('Annuler le prélèvement');
  await page.getByText(/^Annulé le/).waitFor(PATIENCE);

  // Once more; of this one the bank says by telephone that it does not do it.
  await visitor.open(`/o/${FOURNIL}/payments/collections`);
  await page.getByLabel('Jour du prélèvement').fill(bankDay(new Date(Date.now() + IN_TIME_MS)));
  await press('Voir qui sera prélevé');
  await page.getByLabel('J’ai regardé qui sera prélevé').check();
  await press('Faire le prélèvement');
  await page.getByText('La banque l’a rejeté').click();
  await page.getByLabel('Ce que dit la banque').selectOption('AC04');
  await page.getByLabel('Aucun argent n’a bougé').check();
  expect(await visitor.barriersOf('a-rejection-told')).toEqual([]);
  await press('Noter le rejet');
  await page.getByRole('cell', { name: /compte fermé/ }).waitFor(PATIENCE);

  // What is decided once: it is there after it was sent.
  await visitor.open(`/o/${FOURNIL}/payments`);
  await page.getByRole('link', { name: 'Réglages', exact: true }).last().click();
  await page.getByText(/comme d’habitude/).waitFor(PATIENCE);
  const card = (title: string) => page.getByRole('region', { name: title });
  await page.getByLabel('Jours après l’échéance').fill('30, 10');
  await card('Rappels de paiement').getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText(/du plus petit au plus grand\.$/).waitFor(PATIENCE);
  await page.getByLabel('Jours après l’échéance').fill('10, 30');
  await card('Rappels de paiement').getByRole('button', { name: 'Enregistrer' }).click();
  await card('Rappels de paiement')
    .locator('li')
    .getByText(/rappels 10 et 30 jours/)
    .waitFor(PATIENCE);
  await page.getByLabel('Les factures et les avoirs, dès qu’ils sont émis').check();
  await card('E-mails').getByRole('button', { name: 'Enregistrer' }).click();
  await card('E-mails').getByText('C’est enregistré').waitFor(PATIENCE);
  await page.getByLabel('L’exercice finit avec le mois de').selectOption('6');
  await card('Comptes de la comptabilité').getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText(/sa fin ne change plus/).waitFor(PATIENCE);
  expect(await visitor.barriersOf('settings-of-a-seller')).toEqual([]);
  await visitor.open(`/o/${FOURNIL}/bills/corrections`);
  await page.getByLabel('Ne facturer que la différence').check();
  await card('Comment corriger').getByRole('button', { name: 'Enregistrer' }).click();
  await card('Comment corriger').getByText('C’est enregistré').waitFor(PATIENCE);
  await page.getByLabel('Facturer à partir de (€)').fill('1,50');
  await page.getByLabel('Rappeler à partir de (€)').fill('2,50');
  await card('Petites sommes').getByRole('button', { name: 'Enregistrer' }).click();
  await card('Petites sommes').getByText('C’est enregistré').waitFor(PATIENCE);
  expect(await visitor.barriersOf('corrections')).toEqual([]);

  await visitor.open(`/o/${FOURNIL}/payments/e-invoicing`);
  await page.getByText(/il n’y a rien à déclarer/).waitFor(PATIENCE);

  // An e-mail says to whom it goes, and wants a tick.
  await visitor.open(`/o/${FOURNIL}/bills/documents/${basile.id}`);
  await card('E-mails').locator('summary').click();
  await card('E-mails')
    .getByText(/part à l’adresse de Basile/)
    .waitFor();
  await card('E-mails').getByLabel('C’est bien à ce client').check();
  await card('E-mails')
    .getByRole('button', { name: /^Envoyer/ })
    .click();
  await card('E-mails').getByText('L’e-mail est demandé').waitFor(PATIENCE);

  // A part of an invoice is taken back.
  await page.getByText('Préparer l’avoir').first().click();
  await page.getByLabel('Quelques lignes').check();
  await page.getByRole('checkbox').first().check();
  await page.getByLabel(/^kWh à reprendre/).fill('1,5');
  await page.getByLabel('Motif, écrit sur l’avoir').fill('Un compteur de trop');
  expect(await visitor.barriersOf('a-credit-note-to-draft')).toEqual([]);
  await press('Préparer l’avoir');
  await page.getByRole('heading', { name: 'Avoir en brouillon' }).waitFor(PATIENCE);
}, 240_000);

test('who runs no operation is told whose its payments are', async ({ visitor }) => {
  await visitor.logIn(MEMBER);
  for (const path of ['payments', 'payments/statements']) {
    await visitor.open(`/o/${OPERATION}/${path}`);
    expect(await visitor.heading()).toBe('Cette page est celle de l’organisateur');
  }
});
