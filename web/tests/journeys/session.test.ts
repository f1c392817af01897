import { expect } from 'vitest';
import { MEMBER } from './people';
import { platform, test } from './visitor';

const RENEWAL = '**/community/browser-session/renewal';
const TWENTY_MINUTES_MS = 20 * 60_000;

test('two tabs that renew at once stay logged in', async ({ visitor }) => {
  await visitor.logIn(MEMBER);
  const tabs = [visitor.page, await visitor.openTab(), await visitor.openTab()];

  await Promise.all(tabs.map((tab) => tab.goto('/history')));
  await Promise.all(tabs.map((tab) => tab.reload()));

  for (const tab of tabs) await tab.waitForSelector('table');
});

test('an answer to a renewal that is lost logs nobody out', async ({ visitor }) => {
  await visitor.logIn(MEMBER);
  let renewals = 0;
  await visitor.page.route(RENEWAL, async (route) => {
    renewals += 1;
    if (renewals > 1) return route.fallback();
    // The platform renews; the browser never hears of it.
    await route.fetch();
    return route.abort('connectionreset');
  });

  await visitor.page.goto('/history');
  await visitor.page.waitForSelector('table');
  expect(renewals).toBe(2);
  await visitor.page.unroute(RENEWAL);
  await visitor.open('/history');

  await visitor.page.waitForSelector('table');
  // The lost answer itself, and nothing else.
  expect(visitor.faults.splice(0)).toEqual([expect.stringContaining('ERR_CONNECTION_RESET')]);
});

test('after twenty minutes of sleep the page goes on', async ({ visitor }) => {
  await visitor.page.clock.install();
  await visitor.logIn(MEMBER);
  await visitor.open('/history');

  await visitor.page.clock.fastForward(TWENTY_MINUTES_MS);
  const renewal = visitor.page.waitForResponse(RENEWAL);
  await visitor.page.getByRole('link', { name: 'octobre 2026' }).click();

  expect((await renewal).status()).toBe(200);
  await visitor.page.getByRole('figure').waitFor();
});

test('who logs out in one tab is out in all', async ({ visitor }) => {
  await visitor.logIn(MEMBER);
  const other = await visitor.openTab();
  await Promise.all([visitor.open('/history'), other.goto('/history')]);
  await other.waitForSelector('table');

  await visitor.page.getByRole('button', { name: 'Se déconnecter' }).click();

  for (const tab of [visitor.page, other]) await tab.waitForURL(`${platform.url}/log-in`);
});
