import { expect } from 'vitest';
import { clientOf } from './givens';
import { linkMailedTo } from './mails';
import { STAFF } from './people';
import { correctDay, issueOctober, makeVillage, PRESSOIR } from './villages';
import { platform, test, Visitor } from './visitor';

const PATIENCE = { timeout: 60_000 };

test('a late correction becomes a credit note, which the member sees', async ({ visitor }) => {
  const { page, context } = visitor;
  const token = await visitor.logIn(STAFF, platform.operatorPassword);
  const { lucie } = await makeVillage(context.request, token, PRESSOIR);
  const client = clientOf(context.request, token);
  await issueOctober(client, PRESSOIR);
  await client.do('POST', '/community/invitations', {
    email: PRESSOIR.lucieEmail,
    role: 'member',
    member_id: lucie,
  });

  // The month closes again by itself, and what follows is offered beside what was issued.
  await correctDay(client, PRESSOIR, '2026-10-12');
  const bills = page.locator('#bills');
  await expect
    .poll(async () => {
      await visitor.open(`/o/${PRESSOIR.operation}/months/2026-10`);
      // Two services tell: it may be settled between the one's answer and the other's.
      return [await page.locator('#settlement').textContent(), await bills.textContent()].join();
    }, PATIENCE)
    .toMatch(/Clôture n° 2.*Préparer les brouillons/s);
  await page.getByRole('button', { name: 'Préparer les brouillons' }).click();
  await bills.getByText(/brouillons à relire/).waitFor(PATIENCE);
  const drafts = await bills.locator('tbody tr').allTextContents();
  expect(drafts.some((draft) => /avoir.*Lucie Fontaine|Lucie Fontaine.*avoir/.test(draft))).toBe(
    true,
  );
  expect(await visitor.barriersOf('a-correction-to-review')).toEqual([]);
  await page.getByLabel('J’ai relu les brouillons').check();
  await page.getByRole('button', { name: /^Émettre les/ }).click();
  await bills
    .getByText(/documents sont émis/)
    .first()
    .waitFor(PATIENCE);

  const member = await Visitor.arrive();
  await member.page.goto(await linkMailedTo(PRESSOIR.lucieEmail, /http:\S+\/invitation#[\w-]+/));
  await member.page.getByLabel(/Choisissez un mot de passe/).fill('six mots au hasard');
  await member.page.getByRole('button', { name: 'Accepter' }).click();
  await member.page.waitForURL('**/month/*');
  await member.open('/invoices');
  await member.page
    .getByRole('link', { name: /^avoir A/ })
    .first()
    .click();
  await member.page.getByText(/Cet avoir reprend la facture/).waitFor(PATIENCE);
  expect(await member.barriersOf('a-credit-note')).toEqual([]);
  await member.leave();
}, 240_000);
