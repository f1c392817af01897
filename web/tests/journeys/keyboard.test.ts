import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { MEMBER } from './people';
import { platform, test } from './visitor';

test('from the log-in to why an invoice costs what it does, by keyboard alone', async ({
  visitor,
}) => {
  const { page } = visitor;
  const heard = (heading: string) =>
    expect.poll(() => visitor.focused(), { timeout: 10_000 }).toBe(heading);
  await visitor.open('/log-in');
  await heard('Se connecter');

  await page.keyboard.press('Tab');
  await page.keyboard.type(MEMBER);
  await page.keyboard.press('Tab');
  await page.keyboard.type(platform.password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/month/*');
  await page.getByRole('figure').waitFor();

  await page.getByRole('link', { name: 'Aller au contenu' }).focus();
  await visitor.tabTo(/^Factures$/);
  await page.keyboard.press('Enter');
  await heard('Factures');
  await page.getByRole('heading', { name: 'Déjà réglées' }).waitFor();
  await visitor.tabTo(/^Octobre 2026/i);
  await page.keyboard.press('Enter');
  await heard('Facture · octobre 2026');
  await page.getByRole('heading', { name: 'Ligne par ligne' }).waitFor();
  await visitor.tabTo(/^Pourquoi ce prix/);
  expect(await outlineOf(page)).toBe('solid');
  await page.keyboard.press('Enter');

  await page.getByText('C’est le prix de l’opération, le même pour tous.').waitFor();
});

test('the link above all leads past the navigation', async ({ visitor }) => {
  const { page } = visitor;
  await visitor.logIn(MEMBER);
  await visitor.open('/history');

  await page.getByRole('link', { name: 'Aller au contenu' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');

  expect(await visitor.focused()).toBe('Pourquoi ?');
});

function outlineOf(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle);
}
