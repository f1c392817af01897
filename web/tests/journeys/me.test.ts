import { expect } from 'vitest';
import { MEMBER, REFUSES_DISPLAY } from './people';
import { test } from './visitor';

test('an address that waits to be confirmed is shown, and given up', async ({ visitor }) => {
  const { page } = visitor;
  await visitor.logIn(REFUSES_DISPLAY);
  await visitor.open('/me/contact');

  await page.getByLabel('Nouvelle adresse e-mail').fill('idris.de.chez@example.org');
  await page.getByRole('button', { name: 'Envoyer un lien de confirmation' }).click();
  await page.getByText('idris.de.chez@example.org attend').waitFor();
  expect(await visitor.barriers()).toEqual([]);
  const sent = page.waitForResponse((answer) => answer.request().method() === 'POST');
  await page.getByRole('button', { name: 'Renvoyer le lien à idris.de.chez@example.org' }).click();
  expect((await sent).status()).toBe(202);
  await page.getByRole('button', { name: 'Annuler, garder mon adresse' }).click();

  await page.getByText('C’est annulé').waitFor();
});

test('a wish to be erased is withdrawn', async ({ visitor }) => {
  const { page } = visitor;
  await visitor.logIn(MEMBER);
  await visitor.open('/me/data');

  await page.locator('summary', { hasText: 'Demander l’effacement' }).click();
  await page.getByLabel('J’ai lu ce qui disparaît').check();
  await page.getByRole('button', { name: 'Demander l’effacement' }).click();
  await page.getByText('D’ici là, rien n’est effacé').waitFor();
  expect(await visitor.barriers()).toEqual([]);
  await page.getByRole('button', { name: 'Retirer ma demande' }).click();

  await page.getByText('Votre demande est retirée').waitFor();
});
