import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import { MEMBER } from './people';
import { test } from './visitor';

test('from a month to a half-hour and why, by keyboard', async ({ visitor }) => {
  const { page } = visitor;
  await visitor.logIn(MEMBER);
  await visitor.open('/month/2026-10');

  await page.getByRole('link', { name: /^sam. 10\s/ }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/day/2026-10-10?point=1');
  const moment = page.getByRole('slider');
  await moment.focus();
  await moment.press('Home');
  await page.getByRole('heading', { name: '0 h – 0 h 30' }).waitFor();
  await moment.press('ArrowRight');

  await page.getByRole('heading', { name: '0 h 30 – 1 h' }).waitFor();
  await page.getByText('Rien n’était produit à ce moment.').waitFor();
});

test('the day of 25 hours has an hour twice, each with its name', async ({ visitor }) => {
  await visitor.logIn(MEMBER);

  await visitor.open('/day/2026-10-25?step=5');

  const heading = visitor.page.getByRole('heading', { level: 2 });
  expect(await heading.textContent()).toBe(
    '2\u00a0h\u00a030 (heure d’été)\u00a0– 2\u00a0h (heure d’hiver)',
  );
});

test('what the month means in CO₂ is a range, with its method beside it', async ({ visitor }) => {
  const { page } = visitor;
  await visitor.logIn(MEMBER);

  await visitor.open('/month/2026-10');
  await page.getByText(/^≈ [\d,]+ à [\d,]+\skg de CO₂e évités/).waitFor();
  await page.getByText('Comment ce chiffre est fait').click();

  await page.getByText('Personne ici n’a encore vérifié ces valeurs à la source.').waitFor();
  await page.getByText(/^ADEME, Base Carbone, élément 36651/).waitFor();
});

test('why a month cost more is one click away from the page that one comes to', async ({
  visitor,
}) => {
  const { page } = visitor;
  await visitor.logIn(MEMBER);
  await visitor.open('/');
  await page.getByRole('link', { name: 'Pourquoi octobre a coûté plus' }).click();

  const reasons = page.getByRole('heading', { name: 'Par rapport à septembre 2026' });
  await reasons.waitFor();
  await expect.poll(() => isInSight(reasons)).toBe(true);
  await page.getByText('Surtout parce que vous avez consommé').waitFor();

  await visitor.open('/month/2026-10');
  await page.getByRole('link', { name: 'pourquoi ?' }).click();
  await expect.poll(() => isInSight(reasons)).toBe(true);
});

function isInSight(element: Locator): Promise<boolean> {
  return element.evaluate((shown) => {
    const { top, bottom } = shown.getBoundingClientRect();
    return top >= 0 && bottom <= window.innerHeight;
  });
}
