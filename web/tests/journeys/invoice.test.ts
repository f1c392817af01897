import { expect } from 'vitest';
import { linkMailedTo } from './mails';
import { MEMBER, REFUSES_DISPLAY } from './people';
import { platform, test } from './visitor';

test('from the mail of an invoice to its lines, its half-hours and its PDF', async ({
  visitor,
}) => {
  const { page } = visitor;
  const link = await linkMailedTo(MEMBER, /http:\S+\/billing\/invoices\/[\w-]+/);

  await page.goto(link);
  await page.waitForURL('**/log-in?*');
  await page.getByLabel('Adresse e-mail').fill(MEMBER);
  await page.getByLabel('Mot de passe').fill(platform.password);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.getByRole('heading', { name: 'Ligne par ligne' }).waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /PDF/ }).click();
  expect((await download).suggestedFilename()).toMatch(/^F2026-\d+\.pdf$/);

  await page
    .getByRole('link', { name: /octobre/ })
    .first()
    .click();
  await page.waitForURL(/\/(day|month)\/2026-10/);

  await visitor.open('/invoices');
  await page.getByRole('link', { name: 'Mon compte' }).click();
  await page.getByRole('table', { name: 'Tout ce qui a été facturé et payé' }).waitFor();
  expect(await visitor.heading()).toBe('Mon compte');
});

test('another member’s invoice is refused in words', async ({ visitor }) => {
  const token = await visitor.logIn(REFUSES_DISPLAY);
  const answer = await visitor.context.request.get('/billing/invoice-summaries', {
    headers: { authorization: `Bearer ${token}` },
  });
  const [{ id }] = await answer.json();
  await visitor.context.clearCookies();
  await visitor.logIn(MEMBER);

  await visitor.open(`/invoices/${id}`);

  expect(await visitor.page.getByRole('alert').textContent()).toContain('quelqu’un d’autre');
  expect(await visitor.barriersOf('an-invoice-refused')).toEqual([]);
});
