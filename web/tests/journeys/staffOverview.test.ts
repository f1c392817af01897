import { expect } from 'vitest';
import { OPERATION, STAFF } from './people';
import { platform, test } from './visitor';

test('staff find the month that is behind among those of all operations', async ({ visitor }) => {
  const { page } = visitor;
  await visitor.logIn(STAFF, platform.operatorPassword);
  await visitor.open('/o');
  await page.getByRole('link', { name: 'Leurs mois côte à côte' }).click();
  const table = page.getByRole('table');
  await table.getByRole('link', { name: /^Pousse-Soleil, octobre 2026\. / }).waitFor();
  await page.getByLabel('Chercher une opération').fill('pousse soleil');
  await page.getByText('1 opération', { exact: true }).waitFor();
  await page.waitForURL(/staff\/operations\?name=pousse/);

  // One stop for each operation; the arrows lead through its months.
  await visitor.tabTo(/^Pousse-Soleil$/);
  const months: string[] = [];
  do {
    await page.keyboard.press('ArrowRight');
    months.push(await visitor.focused());
  } while (!months.at(-1)?.startsWith('Pousse-Soleil, octobre 2026') && months.length < 12);
  expect(months.at(-2)).toMatch(/^Pousse-Soleil, novembre 2026/);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/o/${OPERATION}/months/2026-10**`);

  await visitor.open('/staff/operations');
  await page.getByLabel('Seulement ce qui est en retard').check();
  await page.waitForURL('**/staff/operations?behind=true');
  await page.getByText(/^\d+\sopérations?$/u).waitFor();
  await page.getByLabel('Chercher une opération').fill('nulle part');
  await page.getByText('Aucune opération ne correspond').waitFor();
});
