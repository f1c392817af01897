import { expect } from 'vitest';
import { statement } from './bank';
import { clientOf } from './givens';
import { HALLES, HALLES_IBAN, makeHalles, NINON, OCTAVE, PASSWORD } from './halles';
import { linkMailedTo } from './mails';
import { test, Visitor } from './visitor';

const PATIENCE = { timeout: 30_000 };

interface Notice {
  collector_id: string;
  customer_name: string;
  payable_cents: number;
  account: { reference: string };
}

test('one notice for two sellers is mailed, paid by one transfer, and each seller is paid out', async ({
  visitor,
}) => {
  const { page } = visitor;
  await makeHalles();
  const link = await linkMailedTo(NINON, /http:\S+\/billing\/payment-notices\/[\w-]+/);
  await visitor.logIn(NINON, PASSWORD);
  await visitor.open('/invoices');
  await page.getByRole('heading', { name: 'Tout payer en une fois' }).waitFor(PATIENCE);
  expect(await visitor.barriersOf('bills-with-a-notice')).toEqual([]);
  await page.goto(link);
  await visitor.settle();
  await page.getByText('pour 2 documents, en une seule fois').waitFor(PATIENCE);
  await page.getByText('À payer au plus tard le').waitFor(PATIENCE);
  expect(await visitor.barriersOf('a-notice')).toEqual([]);
  await visitor.turnTo(true);
  expect(await visitor.barriersOf('a-notice-on-a-phone')).toEqual([]);
  await visitor.turnTo(false);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Télécharger le PDF' }).click();
  expect((await download).suggestedFilename()).toMatch(/^P2026-\d{5}\.pdf$/);

  const organiser = await Visitor.arrive();
  const office = organiser.page;
  const token = await organiser.logIn(OCTAVE, PASSWORD);
  const notices: Notice[] = await clientOf(organiser.context.request, token).show(
    `/billing/payment-notices?operation_id=${HALLES}`,
  );
  await organiser.open(`/o/${HALLES}/payments/notices`);
  await office.getByRole('row', { name: /Ninon Étal.* envoyé/ }).waitFor(PATIENCE);
  expect(await organiser.barriersOf('notices-of-a-month')).toEqual([]);
  await organiser.open(`/o/${HALLES}/payments`);
  expect(await organiser.barriersOf('payments-of-a-collector')).toEqual([]);
  await office.getByRole('link', { name: /^Prendre un relevé/ }).click();
  // One of the two pays ten euros too much.
  const movements = notices.map(({ customer_name, payable_cents, account }) => ({
    cents: payable_cents + (customer_name === 'Gaspard Cageot' ? 1000 : 0),
    from: customer_name,
    text: account.reference,
  }));
  const buffer = statement(HALLES_IBAN, movements);
  await office
    .getByLabel('Choisir les fichiers')
    .setInputFiles({ name: 'releve.xml', mimeType: 'application/xml', buffer });
  await office.getByText(/2\snouveaux mouvements, dont 2 rapprochés tout seuls/).waitFor(PATIENCE);
  // Both sellers have used the number.
  const documents = office.getByRole('link', { name: /· Toits des Halles, SAS\s: \+/ });
  await documents.first().waitFor(PATIENCE);
  expect(await organiser.barriersOf('a-notice-paid-by-a-transfer')).toEqual([]);

  await organiser.open(`/o/${HALLES}/payments/payouts`);
  await office.getByText('Toits des Halles, SAS').first().waitFor(PATIENCE);
  await office.getByText('Grange solaire, SCIC').first().waitFor(PATIENCE);
  expect(await organiser.barriersOf('payouts-of-a-collector')).toEqual([]);
  await office.getByLabel('J’ai regardé à qui, et combien').check();
  await office.getByRole('button', { name: 'Faire les virements' }).click();
  await office.getByRole('heading', { name: 'Virement par virement' }).waitFor(PATIENCE);
  expect(await organiser.barriersOf('a-payout')).toEqual([]);
  const [{ collector_id } = { collector_id: '' }] = notices;
  for (const [path, name] of [
    [`payments/books?payee=${collector_id}`, 'books-of-a-collector'],
    [`payments/settings?payee=${collector_id}`, 'settings-of-a-collector'],
    ['bills/collecting', 'who-collects'],
  ] as const) {
    await organiser.open(`/o/${HALLES}/${path}`);
    await office.getByText('Les Halles, association').first().waitFor(PATIENCE);
    expect(await organiser.barriersOf(name)).toEqual([]);
  }
  await organiser.leave();

  await page.reload();
  await visitor.settle();
  await page.getByText('Tout est réglé.').waitFor(PATIENCE);
  expect(await visitor.barriersOf('a-notice-that-is-paid')).toEqual([]);
}, 240_000);
