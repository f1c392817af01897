import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'vitest';
import { REFUSES_DISPLAY, TWO_OPERATIONS } from './people';
import { platform, test } from './visitor';

const AGEING = join(import.meta.dirname, '../../past_mandate.py');

test('a member asks to be debited, is told that it waits, and withdraws it', async ({
  visitor,
}) => {
  const { page } = visitor;
  await visitor.logIn(REFUSES_DISPLAY);
  await visitor.open('/mandate');
  const send = page.getByRole('button', { name: 'Demander le prélèvement' });

  await page.getByLabel('IBAN').fill('FR76 2004 1010 0505 0001 3M02 606');
  await page.getByLabel('J’ai lu ce mandat').check();
  await send.click();
  await page.getByText('Cet IBAN n’est pas juste').waitFor();
  await page.getByLabel('IBAN').fill('FR14 2004 1010 0505 0001 3M02 606');
  await send.click();

  await page.getByText('sur le compte qui finit par 2606').waitFor();
  expect(await visitor.barriers()).toEqual([]);
  expect(await page.locator('main').textContent()).not.toContain('1010');
  await page.reload();
  await page.getByRole('button', { name: 'Retirer ma demande' }).click();
  await send.waitFor();
});

test('a member stops a direct debit, and is told what that means before', async ({ visitor }) => {
  const { page } = visitor;
  await visitor.logIn(TWO_OPERATIONS);
  await visitor.open('/mandate');
  const stop = page.getByRole('button', { name: 'Oui, arrêter le prélèvement' });

  await page.getByText(/^Arrêter le prélèvement par/).click();
  await page.getByText('Ce qui est déjà parti à la banque').waitFor();
  expect(await visitor.barriers()).toEqual([]);
  await stop.click();

  await page.getByText('C’est arrêté, et votre coopérative en est avertie').waitFor();
  await page.getByText('Vous n’avez pas de mandat de prélèvement').waitFor();
  expect(await stop.count()).toBe(0);
  await page.getByText('Mandats d’avant').click();
  await page.getByText(/^Arrêté le .*\s: il ne sert plus/).waitFor();

  // Fourteen months on there is no account left to show.
  const member = 'Le Fournil des Deux Tuiles, SARL';
  execFileSync(platform.python, [AGEING, platform.databaseFolder, member]);
  await page.reload();
  await page.getByText('Mandats d’avant').click();
  await page.getByText('effacé : ce mandat ne sert plus').waitFor();
  expect(await visitor.barriersOf('a-mandate-erased')).toEqual([]);
  await visitor.turnTo(true);
  expect(await visitor.barriersOf('a-mandate-erased.phone')).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});
