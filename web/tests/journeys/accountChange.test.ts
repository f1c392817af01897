import { expect } from 'vitest';
import { linkMailedTo } from './mails';
import { MEMBER, ORGANISER, PRODUCER } from './people';
import { platform, test, type Visitor } from './visitor';

const LINK = /http:\S+\/billing\/issuers\/[\w-]+\/creditor-change/;
const TITLE = 'Un autre compte pour être payé';

test('a seller refuses another account from the letter about it, and nothing changes', async ({
  visitor,
}) => {
  const { page } = visitor;
  const creditor = await askForAccount(visitor, 'FR14 2004 1010 0505 0001 3M02 606');
  await page.goto(await linkMailedTo(PRODUCER, LINK));
  await page.getByLabel('Adresse e-mail').fill(PRODUCER);
  await page.getByLabel('Mot de passe').fill(platform.password);
  await page.getByRole('button', { name: 'Se connecter' }).click();

  await page.getByRole('heading', { name: TITLE }).waitFor();
  await page.getByText(/Il servira à partir du/).waitFor();
  expect(await visitor.barriersOf('an-account-change')).toEqual([]);
  await visitor.turnTo(true);
  expect(await visitor.barriersOf('an-account-change.phone')).toEqual([]);
  expect(await page.locator('main').textContent()).not.toContain('1010');
  await page.getByRole('button', { name: 'Non, je refuse ce changement' }).click();

  await page.getByText('C’est refusé : rien ne change').waitFor();
  await page.reload();
  await page.getByText('Aucun changement de compte n’attend de réponse').waitFor();
  expect(await visitor.barriersOf('no-account-change')).toEqual([]);
  expect(await creditor()).toBe('in use as before');
});

test('another account is for the seller to confirm, and not for other members', async ({
  visitor,
}) => {
  const { page } = visitor;
  const creditor = await askForAccount(visitor, 'FR76 3000 6000 0112 3456 7890 189');
  const { pathname } = new URL(await linkMailedTo(PRODUCER, LINK));
  await visitor.logIn(MEMBER);
  await visitor.open(pathname);
  await page.getByRole('alert').waitFor();
  expect(await visitor.barriersOf('an-account-change-refused')).toEqual([]);
  await visitor.context.clearCookies();

  await visitor.logIn(PRODUCER);
  await visitor.open(pathname);
  await page.getByRole('button', { name: 'Oui, c’est le bon compte' }).click();

  await page.getByText('C’est confirmé').waitFor();
  expect(await creditor()).toBe('another one is in use');
});

/** By the organiser, for the producer; tells later what became of it. */
async function askForAccount(visitor: Visitor, iban: string) {
  const { request } = visitor.context;
  const seller = `Bearer ${await visitor.logIn(PRODUCER)}`;
  const me = await request.get('/community/me', { headers: { authorization: seller } });
  const headers = { authorization: `Bearer ${await visitor.logIn(ORGANISER)}` };
  await visitor.context.clearCookies();
  const path = `/billing/issuers/${(await me.json()).member_id}/creditor`;
  const {
    member_id: _,
    change: __,
    ...before
  } = await (await request.get(path, { headers })).json();
  const asked = await request.put(path, { headers, data: { ...before, iban } });
  expect((await asked.json()).change).not.toBeNull();
  return async () => {
    const now = await (await request.get(path, { headers })).json();
    return now.iban === before.iban ? 'in use as before' : 'another one is in use';
  };
}
