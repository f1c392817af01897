// How the table of all operations and their months scrolls: how many frames are late, and how long
// the page's own thread works for one. The latter is processor time, whatever else the machine does.
// node scripts/scrolling.mjs URL EMAIL PASSWORD [PATH]
// The wheel goes down and up over all of it, in steps of a tenth of its height, with real input.
import { chromium } from 'playwright-core';
import { launchOptions } from './chromium.mjs';

const [url, email, password, path = '/staff/operations'] = process.argv.slice(2);
if (!password) throw new Error('usage: node scripts/scrolling.mjs URL EMAIL PASSWORD [PATH]');

const browser = await chromium.launch(launchOptions);
const context = await browser.newContext({ baseURL: url, locale: 'fr-FR' });
const answer = await context.request.post('/community/browser-session', {
  data: { email, password },
  headers: { origin: new URL(url).origin },
});
if (!answer.ok()) throw new Error(`${answer.status()}: this log-in is refused`);
const page = await context.newPage();
const opened_ms = Date.now();
await page.goto(path, { waitUntil: 'commit' });
await page.getByRole('table').getByRole('link').nth(100).waitFor();
const drawn_ms = Date.now() - opened_ms;
// The months of those that are not drawn come meanwhile; they are for the filters.
await page.waitForLoadState('networkidle');
const box = await page.getByRole('table').boundingBox();
await page.mouse.move(box.x + box.width / 2, Math.min(box.y + 200, 600));
await page.evaluate(() => {
  window.frames_ms = [];
  let before = performance.now();
  const note = (now) => {
    window.frames_ms.push(now - before);
    before = now;
    requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
});
const session = await context.newCDPSession(page);
await session.send('Performance.enable', { timeDomain: 'threadTicks' });
const worked_s = async () =>
  (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')
    .value;
const before_s = await worked_s();
for (const direction of [1, -1]) {
  for (let step = 0; step < 60; step += 1) {
    await page.mouse.wheel(0, direction * 120);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}
const used_s = (await worked_s()) - before_s;
const figures = await page.evaluate(() => ({
  frames: window.frames_ms.length,
  late: window.frames_ms.filter((ms) => ms > 50).length,
  longest_ms: Math.round(Math.max(...window.frames_ms)),
  elements: document.querySelectorAll('*').length,
}));
await browser.close();
const frame_ms = Math.round((10_000 * used_s) / figures.frames) / 10;
console.log(JSON.stringify({ path, drawn_ms, frame_ms, ...figures }));
