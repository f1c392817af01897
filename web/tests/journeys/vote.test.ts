import { expect } from 'vitest';
import { ADDRESS, MEMBER, OPERATION, ORGANISER, PRODUCER, TWO_OPERATIONS } from './people';
import { test, type Visitor } from './visitor';

const POLLS = `/community/operations/${OPERATION}/polls`;
/** For members to look at it, and to vote; the other journeys go on beside it. */
const SHORT_VOTE_MS = 25_000;

test.concurrent('a vote on a key: what it changes for oneself, a ballot by keyboard, a receipt', async ({
  visitor,
}) => {
  const { page } = visitor;
  await visitor.logIn(MEMBER);
  await visitor.open('/together');
  await page.locator(`a[href="${ADDRESS.openVote}"]`, { hasText: 'Voter' }).click();
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

test.concurrent('a vote on a key from its opening to its recount, with the receipt', async ({
  visitor,
  expect,
}) => {
  const { page } = visitor;
  const member = await callerAs(visitor, MEMBER);
  // Not adopted: the key stays a draft, and the demonstration's vote on it as it is.
  const poll = await openShortVote(visitor, { [PRODUCER]: 'against', [TWO_OPERATIONS]: 'for' });
  await visitor.logIn(MEMBER);

  const ownYear = page.getByText(/^Sur vos 12 derniers mois\s: [\d\s]+kWh avec les clés d’alors/);
  const look = async () => {
    await visitor.open(`/polls/${OPERATION}/${poll}`);
    return ownYear.count();
  };
  // It is computed anew for each vote; the page itself asks again after ten seconds.
  await expect.poll(look, { timeout: SHORT_VOTE_MS, interval: 500 }).toBe(1);
  expect(await page.getByRole('row').count()).toBe(1 + 12 + 1);
  await page.locator('label', { hasText: 'Non, comme aujourd’hui' }).click();
  await page.getByRole('button', { name: 'Voter' }).click();
  await page.getByRole('button', { name: 'Déposer ce bulletin' }).click();
  const receipt = page.getByRole('region', { name: 'Votre reçu' }).locator('code');
  const kept = (await receipt.textContent()) ?? '';
  expect(await visitor.barriersOf('a-receipt')).toEqual([]);

  const state = async () => (await member('GET', `${POLLS}/${poll}`)).state;
  await expect.poll(state, { timeout: 2 * SHORT_VOTE_MS, interval: 500 }).toBe('closed');
  await page.reload();
  await page.getByText('Pas adopté').waitFor();
  await page.getByRole('button', { name: 'Recompter moi-même' }).click();
  await page.getByText('3 bulletins comptés ici : même résultat, et le sceau est intact').waitFor();
  await page.getByText('Retrouver mon bulletin').click();
  await page.getByLabel('Votre reçu').fill(kept);
  await page.getByRole('button', { name: 'Chercher' }).click();
  await page.getByText('Votre bulletin est compté : Non, comme aujourd’hui.').waitFor();
  expect(await visitor.barriersOf('a-recount')).toEqual([]);
});

test.concurrent('anybody of the roll counts a vote again', async ({ visitor }) => {
  await visitor.logIn(MEMBER);
  await visitor.open(ADDRESS.closedVote);

  await visitor.page.getByRole('button', { name: 'Recompter moi-même' }).click();

  const outcome = visitor.page.getByText('même résultat, et le sceau est intact');
  expect(await outcome.textContent()).toContain('4 bulletins comptés ici');
});

/** On the draft key of the demonstration's vote, with these ballots; returns its id. */
async function openShortVote(visitor: Visitor, ballots: Record<string, string>): Promise<string> {
  const organiser = await callerAs(visitor, ORGANISER);
  const voters = [];
  for (const [email, option] of Object.entries(ballots)) {
    voters.push({ call: await callerAs(visitor, email), option });
  }
  const example = await organiser('GET', `${POLLS}/${ADDRESS.openVote.split('/').at(-1)}`);
  const { method, options, ballot_mode, adopting_option, key_id } = example;

  const id = crypto.randomUUID();
  const poll = `${POLLS}/${id}`;
  const now = Date.now();
  await organiser('PUT', poll, {
    ...{ method, options, ballot_mode, adopting_option, key_id },
    ...{ description: '', max_choices: 1, weighting: 'one_each', quorum: null, max_proxies: 0 },
    question: 'L’école la première, et vite ?',
    opens_at: new Date(now).toISOString(),
    closes_at: new Date(now + SHORT_VOTE_MS).toISOString(),
  });
  await organiser('POST', `${poll}/opening`, {});
  for (const { call, option } of voters) {
    const { member_id } = await call('GET', '/community/me');
    await call('PUT', `${poll}/ballots/${member_id}`, { options: [option] });
  }
  return id;
}

/** Somebody who calls the APIs, and is not logged in in the browser. */
async function callerAs(visitor: Visitor, email: string) {
  const authorization = `Bearer ${await visitor.logIn(email)}`;
  await visitor.context.clearCookies();
  return async (method: 'GET' | 'POST' | 'PUT', path: string, data?: object) => {
    const request = { method, headers: { authorization }, data };
    const answer = await visitor.context.request.fetch(path, request);
    expect(answer.ok(), `${method} ${path}`).toBe(true);
    return answer.json();
  };
}
