// How long a page with a picture takes to open in a browser that has nothing of it kept yet:
// node scripts/opening.mjs URL EMAIL PASSWORD [PATH] [TIMES]
// From the address to a picture that answers: it stands, and the browser has nothing left to do.
import { chromium } from 'playwright-core';
import { launchOptions } from './chromium.mjs';

const [url, email, password, path = '/month/2026-10', times = '10'] = process.argv.slice(2);
if (!password) throw new Error('usage: node scripts/opening.mjs URL EMAIL PASSWORD [PATH] [TIMES]');

const browser = await chromium.launch(launchOptions);

async function openAnew() {
  const context = await browser.newContext({ baseURL: url, locale: 'fr-FR' });
  const answer = await context.request.post('/community/browser-session', {
    data: { email, password },
    headers: { origin: new URL(url).origin },
  });
  if (!answer.ok()) throw new Error(`${answer.status()}: this log-in is refused`);
  const page = await context.newPage();
  await page.goto(path, { waitUntil: 'commit' });
  await page.getByRole('figure').first().waitFor();
  const opened_ms = await page.evaluate(
    () => new Promise((resolve) => requestIdleCallback(() => resolve(performance.now()))),
  );
  await context.close();
  return Math.round(opened_ms);
}

const openings_ms = [];
for (let time = 0; time < Number(times); time += 1) openings_ms.push(await openAnew());
await browser.close();
openings_ms.sort((a, b) => a - b);
console.log(
  JSON.stringify({
    path,
    times: openings_ms.length,
    median_ms: openings_ms[Math.floor(openings_ms.length / 2)],
    slowest_ms: openings_ms.at(-1),
  }),
);
