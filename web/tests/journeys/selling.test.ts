import { expect } from 'vitest';
import { STAFF } from './people';
import { FOUR, makeVillage } from './villages';
import { platform, test, type Visitor } from './visitor';

const PATIENCE = { timeout: 30_000 };

test('what an operation sells is priced, taxed and said by whom, by its pages alone', async ({
  visitor,
}) => {
  const { page } = visitor;
  const token = await visitor.logIn(STAFF, platform.operatorPassword);
  await makeVillage(visitor.context.request, token, FOUR);
  await closeOctober(visitor, token);
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const bills = page.locator('#bills');
  const openClosing = async () => {
    await visitor.open(`/o/${FOUR.operation}/months/2026-10`);
    await bills.waitFor(PATIENCE);
  };

  // No price: nobody can say yet what else is missing.
  await openClosing();
  await bills.getByText('Aucun prix n’est en vigueur').first().waitFor(PATIENCE);
  await bills.getByRole('link', { name: 'Voir les prix' }).first().click();
  await page.getByRole('heading', { name: 'Prix', exact: true }).waitFor();
  await page.getByText('Aucun prix n’est fixé').waitFor();
  await page.getByLabel('Tout le monde', { exact: true }).fill('0,125');
  // Nobody has said what the seller charges: it is chosen, not silently 20 %.
  expect(await page.getByLabel('TVA de ces prix').inputValue()).toBe('');
  await page.getByLabel('TVA de ces prix').selectOption('standard');
  await press('Voir ce que cela change');
  const preview = page.getByRole('table', { name: 'Ce que chacun paierait' });
  await preview.getByRole('row', { name: /Lucie Fontaine/ }).waitFor(PATIENCE);
  expect(await preview.getByRole('row', { name: /Lucie Fontaine/ }).textContent()).toMatch(
    /186–27,90\s€$/,
  );
  expect(await visitor.barriersOf('first-prices')).toEqual([]);
  await page.getByLabel('J’ai relu ces prix').check();
  await press('Fixer ces prix');
  await page.getByText('Les prix sont fixés.').waitFor(PATIENCE);

  // The seller: a number that is missing, and all that an invoice says.
  await openClosing();
  await bills.getByRole('link', { name: 'Compléter le vendeur' }).first().click(PATIENCE);
  await page.getByRole('heading', { name: 'Toits du Lavoir, SAS' }).waitFor();
  await page.getByText('Son SIREN manque').waitFor();
  expect(await visitor.barriersOf('a-seller-without-numbers')).toEqual([]);
  await page.getByLabel('SIREN').fill('995 000 056');
  await page.getByText('Celui qui va avec ce SIREN est FR71995000056').waitFor();
  await page.getByLabel('Numéro de TVA').fill('FR71995000056');
  await press('Enregistrer l’identité');
  await page.getByText('C’est enregistré').waitFor(PATIENCE);
  await page.getByLabel('Forme juridique').fill('SAS coopérative à capital variable');
  await page.getByLabel('J’ai relu ce profil').check();
  await press('Enregistrer le profil');
  await page.getByText('Rien ne manque à ce vendeur').waitFor(PATIENCE);
  await page.getByText('Enregistrer le compte').first().click();
  await page.getByLabel('IBAN').fill('FR14 2004 1010 0505 0001 3M02 606');
  await press('Enregistrer le compte');
  await page.getByText('Le compte est en service').waitFor(PATIENCE);

  // Who buys what the operation does not use.
  const surplus = page.locator('#surplus');
  await surplus.getByText('Enregistrer un contrat').click();
  await surplus.getByLabel('Valable à partir du').fill('2026-10-01');
  await surplus.getByLabel('Numéro du contrat').fill('BTA0991234');
  await surplus.getByLabel('Prix, en centimes').fill('5,36');
  expect(await visitor.barriersOf('a-surplus-contract')).toEqual([]);
  await press('Enregistrer ce contrat');
  await surplus.getByRole('cell', { name: /EDF OA, n° BTA0991234.*5,36 c€/ }).waitFor(PATIENCE);

  // The accise: zero by default below 1 MW, and somebody decides it all the same.
  await visitor.open(`/o/${FOUR.operation}/bills/taxes`);
  await page.getByText('exonérée par défaut').waitFor();
  await page.getByLabel('Preuve').fill('Dossier A3, note du 2 septembre 2026');
  await page.getByLabel('J’ai relu cette décision').check();
  await press('Enregistrer la décision');
  await page.getByText('La décision est enregistrée.').waitFor(PATIENCE);

  await visitor.open(`/o/${FOUR.operation}/bills`);
  await page.getByText('Prêt à facturer').waitFor();
  await page.getByText('Accise : exonérée').waitFor();
  expect(await visitor.barriersOf('ready-to-sell')).toEqual([]);
  await openClosing();
  await bills.getByText(/2\sdocuments à préparer/).waitFor(PATIENCE);

  // What each producer sells, as the drafts say, and what its surplus should bring.
  await press('Préparer les brouillons');
  await bills.getByText('2 brouillons à relire').waitFor(PATIENCE);
  await visitor.open(`/o/${FOUR.operation}/bills`);
  await page.getByRole('link', { name: 'Voir les ventes' }).click();
  const sold = page.getByRole('table', { name: 'Vendu dans l’opération, octobre 2026' });
  const sale = sold.getByRole('row', { name: /Toits du Lavoir/ });
  await sale.waitFor(PATIENCE);
  expect((await sale.textContent())?.replace(/\s/gu, ' ')).toMatch(
    /factures en brouillon.*1 674.*209,25 €/,
  );
  await page
    .getByRole('listitem')
    .filter({ hasText: /EDF OA, n° BTA0991234.*5,36 c€/ })
    .waitFor();
  expect(await visitor.barriersOf('sales-by-producer')).toEqual([]);

  // Another price for some hours of a group, from the next year on.
  await visitor.open(`/o/${FOUR.operation}/bills/prices`);
  await page.getByText('Donner un nom à des heures').click();
  await page.getByLabel('Nom, comme la facture le dira').fill('Heures solaires');
  await press('Noter ces heures');
  await page.getByText('Faire un groupe de membres').click();
  await page.getByLabel('Nom du groupe').fill('Solidaires');
  await page.getByLabel('Lucie Fontaine').check();
  await press('Noter ce groupe');
  // A name that a group has is refused: its members would be others without a word.
  await page.getByLabel('Nom du groupe').fill('Solidaires');
  await press('Noter ce groupe');
  await page.getByText('Ce nom est déjà pris').waitFor();
  await page.getByText('Ajouter un prix pour un membre').click();
  await page
    .getByLabel('Pour qui')
    .first()
    .selectOption({ label: 'Groupe «\u00a0Solidaires\u00a0»' });
  await page.getByLabel('Heures', { exact: true }).selectOption('Heures solaires');
  await press('Ajouter ce prix');
  await page.getByRole('textbox', { name: 'Groupe « Solidaires » · Heures solaires' }).fill('0,10');
  await page.getByLabel('À partir du', { exact: true }).fill('2027-01-01');
  await press('Voir ce que cela change');
  // By hours of one's choice one would see when each member uses electricity.
  await page.getByText('Ces heures ne sont pas encore fixées').waitFor(PATIENCE);
  await page.getByText('Groupe « Solidaires » : Lucie Fontaine').waitFor();
  expect(await visitor.barriersOf('prices-by-hour-and-group')).toEqual([]);
  // Who is in the group is part of what was looked at: once it is another, it is looked at again.
  await page.getByLabel('Lequel').selectOption('Solidaires');
  await page.getByLabel('C’est un tarif social').check();
  await press('Noter ce groupe');
  await page.getByLabel('J’ai relu ces prix').waitFor({ state: 'detached' });
  await press('Voir ce que cela change');
  await page.getByText('Groupe « Solidaires » : Lucie Fontaine (tarif social)').waitFor();
  await page.getByLabel('J’ai relu ces prix').check();
  await press('Fixer ces prix');
  await page.getByText('Les prix sont fixés.').waitFor(PATIENCE);
  await page.getByRole('table', { name: 'À venir' }).getByText('Heures solaires').waitFor();
  await addTerms(visitor);
  await collectForSellers(visitor);
  await giveOctober(visitor);
}, 180_000);

/** Its energy is given after all, with a statement and nothing to bill; and then sold again. */
async function giveOctober(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await visitor.open(`/o/${FOUR.operation}/bills/prices`);
  await page.getByText('Toute l’énergie est vendue.').waitFor();
  await page.getByText('Donner l’énergie', { exact: true }).click();
  await page.getByLabel('Premier mois donné').fill('2026-10');
  await page.getByLabel('Premier mois vendu de nouveau').fill('2026-11');
  expect(await visitor.barriersOf('months-that-are-given')).toEqual([]);
  await page.getByRole('button', { name: 'Enregistrer ces mois', exact: true }).click();
  await page
    .getByText('Donnée à partir d’octobre 2026, vendue de nouveau à partir de novembre 2026')
    .waitFor(PATIENCE);
  await visitor.open(`/o/${FOUR.operation}/bills/year?year=2026`);
  await page.getByRole('button', { name: 'Relevés d’énergie donnée de 2026' }).click();
  await page.getByText(`${FOUR.operation}-2026-gifts.pdf`).waitFor(PATIENCE);
  await visitor.open(`/o/${FOUR.operation}/bills/prices`);
  await page.getByText('Donner l’énergie', { exact: true }).click();
  await page.getByRole('button', { name: 'Retirer la période à partir d’octobre 2026' }).click();
  await page.getByText('Toute l’énergie est vendue.').waitFor(PATIENCE);
}

/** The organiser becomes a collector of its sellers, and a seller names it. */
async function collectForSellers(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  await visitor.open(`/o/${FOUR.operation}/bills`);
  await page.getByRole('link', { name: 'Encaisser à la place des vendeurs' }).click();
  await page.getByRole('heading', { name: 'Encaisser pour les vendeurs' }).waitFor();
  await page.getByLabel('SIREN').fill('995 000 031');
  await press('Enregistrer la structure');
  await page.getByRole('heading', { name: 'Son compte bancaire' }).waitFor(PATIENCE);
  await page.getByText('Enregistrer le compte').first().click();
  await page.getByLabel('IBAN').fill('FR76 3000 1007 9412 3456 7890 185');
  expect(await visitor.barriersOf('who-collects')).toEqual([]);
  await press('Enregistrer le compte');
  await page.getByText('Le compte est en service').waitFor(PATIENCE);
  await page.getByRole('link', { name: /Voir le vendeur/ }).click();
  await page.getByText('Changer de compte').click();
  await page.getByLabel('Qui encaisse pour lui').selectOption({ index: 1 });
  await press('Enregistrer le compte');
  // It is another who gets the customers' money: that waits.
  await page.getByText('Le compte attend').waitFor(PATIENCE);
}

/** A subscription, a discount and an index, and a price of one member: each is previewed and set. */
async function addTerms(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const partOf = (title: string) =>
    page.locator('details').filter({ has: page.locator('summary', { hasText: title }) });
  await page.getByLabel('À partir du', { exact: true }).fill('2026-12-01');

  const indexes = partOf('Indexation');
  await indexes.locator('summary').click();
  await indexes.getByLabel('Nom de l’index').fill('L');
  await indexes.getByLabel('Coefficient').fill('2');
  await press('Noter ce coefficient');
  await indexes.getByText('× 2 à partir du 1er décembre 2026').waitFor();

  const fees = partOf('Abonnements');
  await fees.locator('summary').click();
  await fees.getByLabel('Nom de l’abonnement').fill('Abonnement');
  await fees.getByLabel('Montant par mois').fill('2,50');
  await press('Noter cet abonnement');
  await fees.getByText('2,50 € par mois').first().waitFor();

  const discounts = partOf('Remises');
  await discounts.locator('summary').click();
  await discounts.getByLabel('Nom de la remise').fill('Bienvenue');
  await discounts.getByLabel('Combien').fill('10');
  await discounts.getByLabel('Pour qui').selectOption({ label: 'Commune de Fontclaire' });
  await discounts.getByLabel('Dernier jour').fill('2026-12-31');
  await press('Noter cette remise');
  await discounts.getByText('jusqu’au 31 décembre 2026').first().waitFor();

  await page.getByText('Ajouter un prix pour un membre').click();
  await page.getByLabel('Pour qui').first().selectOption({ label: 'Lucie Fontaine' });
  await press('Ajouter ce prix');
  await page.getByRole('textbox', { name: 'Lucie Fontaine' }).fill('0,10');
  await page.getByLabel('Index', { exact: true }).last().selectOption('L');
  await press('Voir ce que cela change');

  await page.getByText('Nouveau : « Abonnement »').waitFor();
  await page.getByText('Nouveau : Remise « Bienvenue »').waitFor();
  await page.getByText('Index « L » : × 2').waitFor();
  // 186 kWh at 0.10 € times 2, and 2.50 €, with 20 % of VAT: 37.20 and 2.50 make 47.64 €.
  const preview = page.getByRole('table', { name: 'Ce que chacun paierait' });
  const lucie = preview.getByRole('row', { name: /Lucie Fontaine/ });
  await lucie.waitFor(PATIENCE);
  expect(await lucie.textContent()).toMatch(/47,64\s€/);
  expect(await visitor.barriersOf('fees-discounts-and-indexes')).toEqual([]);
  await page.getByLabel('J’ai relu ces prix').check();
  await press('Fixer ces prix');
  await page.getByText('Les prix sont fixés.').waitFor(PATIENCE);
  const terms = page.getByRole('listitem');
  await terms
    .filter({ hasText: /«\sAbonnement\s»\s: 2,50\s€ par mois/ })
    .first()
    .waitFor();
  await terms.filter({ hasText: 'Remise « Bienvenue »' }).first().waitFor();
  await terms.filter({ hasText: 'Index « L »' }).first().waitFor();
}

/** As the page of its closing does. */
async function closeOctober(visitor: Visitor, token: string): Promise<void> {
  const { request } = visitor.context;
  const close = () =>
    request.post(`/allocation/operations/${FOUR.operation}/settlements`, {
      headers: { authorization: `Bearer ${token}` },
      data: { month: '2026-10' },
    });
  await expect.poll(async () => (await close()).ok(), { ...PATIENCE, interval: 500 }).toBe(true);
}
