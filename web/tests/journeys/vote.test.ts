import { expect } from 'vitest';
import { ADDRESS, MEMBER } from './people';
import { test } from './visitor';

test('a vote on a key: what it changes for oneself, a ballot by keyboard, a receipt', async ({
  visitor,
}) => {
  const { page } = visitor;
  await visitor.logIn(MEMBER);
  await visitor.open('/together');
  await page.getByRole('link', { name: 'Voter' }).click();
  await page.getByRole('heading', { name: 'L’école passe-t-elle la première à midi ?' }).waitFor();
  await page.getByRole('heading', { name: /Ce que cela aurait changé/ }).waitFor();
  await page.getByText('aux prix d’aujourd’hui').first().waitFor();

  await page.getByRole('link', { name: 'Aller au bulletin' }).click();
  await page.locator('label', { hasText: 'Oui, l’école d’abord' }).click();
  await page.getByRole('button', { name: 'Voter' }).press('Enter');
  const cast = page.getByRole('button', { name: 'Déposer ce bulletin' });
  await cast.waitFor();
  expect(await visitor.focused()).toBe('Déposer ce bulletin');
  const said = await page
    .locator(`[id="${await cast.getAttribute('aria-describedby')}"]`)
    .textContent();
  expect(said).toContain('Il sera définitif');
  await page.getByRole('button', { name: 'Modifier' }).press('Enter');
  expect(await visitor.focused()).toBe('Voter');
  await page.keyboard.press('Enter');
  await cast.press('Enter');

  await page.getByRole('heading', { name: 'Votre reçu' }).waitFor();
  expect(await visitor.focused()).toBe('Votre reçu');
  await page.reload();
  await page.getByText('Vous avez voté.').waitFor();
});

test('anybody of the roll counts a vote again', async ({ visitor }) => {
  await visitor.logIn(MEMBER);
  await visitor.open(ADDRESS.closedVote);

  await visitor.page.getByRole('button', { name: 'Recompter moi-même' }).click();

  const outcome = visitor.page.getByText('même résultat, et le sceau est intact');
  expect(await outcome.textContent()).toContain('4 bulletins comptés ici');
});
