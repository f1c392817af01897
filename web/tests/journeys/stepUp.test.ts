import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { codeOf } from './authenticator';
import { REFUSES_DISPLAY, STAFF } from './people';
import { platform, test, type Visitor } from './visitor';

const WEB = join(import.meta.dirname, '..', '..');

test('an old session asks to be debited with the password again, and nothing is typed twice', async ({
  visitor,
}) => {
  const { page } = visitor;
  await visitor.logIn(REFUSES_DISPLAY);
  await wishLongAfter(visitor);

  const password = page.getByLabel('Votre mot de passe');
  await expect.poll(() => password.evaluate(hasFocus)).toBe(true);
  expect(await visitor.barriersOf('a-password-again')).toEqual([]);
  await password.fill('not the password');
  await page.getByRole('button', { name: 'Confirmer et continuer' }).click();
  await page.getByText('Ce n’est pas votre mot de passe actuel').waitFor();
  await password.fill(platform.password);
  await page.getByRole('button', { name: 'Confirmer et continuer' }).click();

  await page.getByText('sur le compte qui finit par 2606').waitFor();
  await withdrawWish(page);
});

test('who has an authenticator app gives its code again, and without it a recovery code', async ({
  visitor,
}) => {
  const { page } = visitor;
  await visitor.logIn(REFUSES_DISPLAY);
  await visitor.open('/me/security');
  const { secret, recovery } = await setUpAuthenticator(visitor);
  await wishLongAfter(visitor);

  const code = page.getByLabel('Code de votre application, ou code de secours');
  await code.waitFor();
  expect(await visitor.barriersOf('a-code-again')).toEqual([]);
  await code.fill(codeOf(secret, 1));
  await page.getByRole('button', { name: 'Confirmer et continuer' }).click();
  await page.getByText('sur le compte qui finit par 2606').waitFor();
  await withdrawWish(page);

  await visitor.open('/me/security');
  await page.getByText('Retirer la double vérification').first().click();
  await page.getByLabel('Code de l’application ou de secours').fill(recovery);
  await page.getByRole('button', { name: 'Retirer la double vérification' }).click();
  await page.getByText('La double vérification est retirée').waitFor();
});

test('whose role needs an authenticator app is led to setting it up, and then in', async ({
  visitor,
}) => {
  const { page } = visitor;
  await page.goto(`${platform.strictUrl}/log-in`);
  await page.getByLabel('Adresse e-mail').fill(STAFF);
  await page.getByLabel('Mot de passe').fill(platform.strictPassword);
  await page.getByRole('button', { name: 'Se connecter' }).click();

  await page.waitForURL('**/me/security');
  await page.getByText('demande une double vérification avant tout le reste').waitFor();
  expect(await visitor.barriersOf('an-authenticator-needed')).toEqual([]);
  const navigation = page.getByRole('navigation', { name: 'Pages' });
  expect(await navigation.count()).toBe(0);
  await page.goto(`${platform.strictUrl}/notifications`);
  await page.waitForURL('**/me/security');
  await setUpAuthenticator(visitor);

  await navigation.waitFor();
  await visitor.open(`${platform.strictUrl}/me`);
  expect(await visitor.heading()).toBe('Moi');
});

function hasFocus(element: Element): boolean {
  return element === document.activeElement;
}

/** To be debited, by a form that was filled in when the last proof was an hour old. */
async function wishLongAfter(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  const script = join(WEB, 'older_sessions.py');
  execFileSync(platform.python, [script, platform.databaseFolder, REFUSES_DISPLAY]);
  await visitor.open('/mandate');
  await page.getByLabel('IBAN').fill('FR14 2004 1010 0505 0001 3M02 606');
  await page.getByLabel('J’ai lu ce mandat').check();
  await page.getByRole('button', { name: 'Demander le prélèvement' }).click();
}

async function withdrawWish(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Retirer ma demande' }).click();
  await page.getByRole('button', { name: 'Demander le prélèvement' }).waitFor();
}

/** On the page for it; with pictures of what it shows. */
async function setUpAuthenticator(visitor: Visitor): Promise<{ secret: string; recovery: string }> {
  const { page } = visitor;
  await page.getByRole('button', { name: 'Mettre en place' }).click();
  await page.getByRole('img', { name: 'QR code à montrer à l’application' }).waitFor();
  const secret = (await page.locator('main code').first().textContent()) ?? '';
  await page.getByLabel('Code à six chiffres').fill(codeOf(secret));
  await page.getByRole('button', { name: 'Confirmer' }).click();
  await page.getByText('Vos codes de secours').waitFor();
  const recovery = (await page.locator('main li code').first().textContent()) ?? '';
  await page.getByRole('button', { name: 'Je les ai gardés' }).click();
  await page.getByText('Elle est en place').waitFor();
  return { secret, recovery };
}
