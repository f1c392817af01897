import { expect } from 'vitest';
import { PRODUCER } from './people';
import { test } from './visitor';

test('who only produces comes to their production, and by its days to a half-hour', async ({
  visitor,
}) => {
  const { page } = visitor;
  await visitor.logIn(PRODUCER);
  const here = page.getByRole('navigation', { name: 'Pages' }).locator('[aria-current="page"]');

  await visitor.open('/');
  expect(await visitor.heading()).toMatch(/^Ma production · \p{L}+ \d{4}$/u);
  expect(await here.textContent()).toBe('Mois');
  await page.getByRole('link', { name: 'Jour', exact: true }).click();
  await page.waitForURL('**/production/day/*');
  expect(await here.textContent()).toBe('Jour');

  await visitor.open('/production/2026-10');
  await page.getByRole('link', { name: /^samedi 10\s/ }).click();
  await page.waitForURL('**/production/day/2026-10-10?point=1');
  const moment = page.getByRole('slider');
  await moment.press('Home');
  await page.getByRole('heading', { name: '0 h – 0 h 30' }).waitFor();
  expect(await moment.getAttribute('aria-valuetext')).toMatch(/: 0\sWh produits/);
  await page.getByRole('button', { name: 'Voir en tableau' }).click();
  expect(await page.getByRole('row').count()).toBe(1 + 48);
});
