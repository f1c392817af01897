import { expect } from 'vitest';
import { linkMailedTo } from './mails';
import { MEMBER } from './people';
import { platform, test } from './visitor';

test('a password is refused in words, and a right one leads where one wanted to go', async ({
  visitor,
}) => {
  const { page } = visitor;
  await visitor.open('/history');
  expect(page.url()).toContain('/log-in');

  await page.getByLabel('Adresse e-mail').fill(MEMBER);
  await page.getByLabel('Mot de passe').fill('not the password');
  await page.getByRole('button', { name: 'Se connecter' }).click();
  expect(await page.getByRole('alert').textContent()).toContain('ne vont pas ensemble');
  await page.getByLabel('Mot de passe').fill(platform.password);
  await page.getByRole('button', { name: 'Se connecter' }).click();

  await page.waitForURL('**/history?point=1');
});

test('who has forgotten the password comes in by a link, once', async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open('/log-in');
  await page.getByRole('button', { name: 'Recevoir un lien par e-mail' }).click();
  await page.getByLabel('Adresse e-mail').fill(MEMBER);
  await page.getByRole('button', { name: 'Envoyer le lien' }).click();
  await page.getByRole('status').waitFor();
  const link = await linkMailedTo(MEMBER, /http:\S+\/log-in#[\w-]+/);

  const tab = await visitor.openTab();
  await tab.goto(link);
  await tab.getByRole('button', { name: 'Se connecter' }).click();

  await tab.waitForURL('**/month/*');
});
