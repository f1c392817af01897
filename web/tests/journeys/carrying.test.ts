import { expect } from 'vitest';
import { clientOf } from './givens';
import { STAFF } from './people';
import { makeVillage, SOURCE } from './villages';
import { platform, test } from './visitor';

const PATIENCE = { timeout: 30_000 };
const NO_THRESHOLD = { debit_cents: 0, remind_cents: 0, correct_cents: 0 };

test('a month of small sums is carried on, and ends without a document', async ({ visitor }) => {
  const { page } = visitor;
  const { request } = visitor.context;
  const token = await visitor.logIn(STAFF, platform.operatorPassword);
  await makeVillage(request, token, SOURCE);
  const client = clientOf(request, token);
  const { operation } = SOURCE;
  await client.do('PUT', `/billing/operations/${operation}/thresholds`, {
    invoice_cents: 100_000,
    ...NO_THRESHOLD,
  });
  await client.again('POST', `/allocation/operations/${operation}/settlements`, {
    month: '2026-10',
  });
  const bills = page.locator('#bills');
  const press = (name: string) => bills.getByRole('button', { name, exact: true });
  const carried = bills.getByText('Chaque client doit trop peu pour une facture');

  await visitor.open(`/o/${operation}/months/2026-10`);
  await press('Reporter ces sommes').waitFor(PATIENCE);
  await carried.waitFor();
  // Of whom, and how much.
  await bills.getByText('Lucie Fontaine').first().waitFor();
  expect(await visitor.barriersOf('sums-to-carry')).toEqual([]);
  await press('Reporter ces sommes').click();

  await press('Terminer sans document').waitFor(PATIENCE);
  await carried.waitFor();
  expect(await visitor.barriersOf('a-month-without-a-document')).toEqual([]);
  await press('Terminer sans document').click();

  await press('Terminer sans document').waitFor({ state: 'detached', ...PATIENCE });
  await carried.waitFor();
  await bills.getByText('Lucie Fontaine').first().waitFor();
  // It is carried once.
  expect(await press('Reporter ces sommes').count()).toBe(0);
  const documents = `/billing/invoice-summaries?operation_id=${operation}`;
  expect(await client.show(documents)).toEqual([]);

  // What was carried on is among what was prepared, and comes to nothing.
  await visitor.open(`/o/${operation}/bills`);
  const run = page.getByRole('row', { name: 'octobre 2026' });
  await run.getByText('0,00').waitFor(PATIENCE);
}, 120_000);
