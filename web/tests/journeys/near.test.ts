import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { ADDRESS } from './people';
import { platform, test } from './visitor';

test('of several addresses a visitor chooses theirs, by keyboard', async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open(ADDRESS.operation);
  await check(page, '5 rue du four');
  await page.getByText('2 adresses ressemblent à celle-ci').waitFor();

  await visitor.tabTo(/^5 Rue du Four 75006/);
  await page.keyboard.press('Enter');
  await page.getByText('Non, c’est trop loin pour cette opération.').waitFor();
  await visitor.tabTo(/^5 Rue du Four 99110/);
  await page.keyboard.press('Enter');

  await page.getByText('Oui, vous êtes assez près.').waitFor();
  await page.getByText('Adresse comprise : 5 Rue du Four 99110').waitFor();
  expect(await visitor.focused()).toMatch(/^5 Rue du Four 99110/);
  expect(await visitor.barriers()).toEqual([]);
});

test('a street without a number is measured from its middle, and says so', async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open(ADDRESS.operation);
  await check(page, 'chemin du lavoir');
  await page.getByText('Est-ce la vôtre ?').waitFor();
  await page.getByRole('button', { name: /^Chemin du Lavoir/ }).click();

  await page.getByText('nous mesurons depuis son milieu').waitFor();
  await page.getByText('Oui, vous êtes assez près.').waitFor();
});

test('an address that nobody knows leads to a place copied from a map', async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open(ADDRESS.operation);
  await check(page, 'nulle part');
  await page.getByText('Aucune adresse ne ressemble à celle-ci.').waitFor();

  await givePlace(page);
});

test('while the address service is away, a place copied from a map still does', async ({
  visitor,
}) => {
  const { page } = visitor;
  await visitor.open(ADDRESS.operation);
  await check(page, 'rue en panne');
  expect(await page.getByRole('alert').textContent()).toContain('ne répond pas');

  await givePlace(page);
  const path = '/community/public/places';
  // What happened to the other company, told by the platform and by the browser, and nothing else.
  await expect.poll(() => visitor.faults.length).toBe(2);
  expect(visitor.faults.splice(0).sort()).toEqual([
    `503 ${platform.url}${path}`,
    expect.stringContaining('status of 503'),
  ]);
});

async function check(page: Page, address: string): Promise<void> {
  await page.getByLabel('Votre adresse').fill(address);
  await page.getByRole('button', { name: 'Vérifier' }).first().click();
}

async function givePlace(page: Page): Promise<void> {
  await page.getByLabel(/Où vous habitez/).fill('quelque part');
  await page.getByRole('button', { name: 'Vérifier' }).nth(1).click();
  await page.getByText('Nous n’y lisons pas de lieu.').waitFor();
  await page.getByLabel(/Où vous habitez/).fill('44.0206, 4.0217');
  await page.getByRole('button', { name: 'Vérifier' }).nth(1).click();
  await page.getByText('Oui, vous êtes assez près.').waitFor();
}
