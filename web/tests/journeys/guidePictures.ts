import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** What a page shows whatever there is to list. */
const OUTLINE = ':is(h1, h2, thead th, label):not(li *, details *)';
/** `make guide-pictures` has them drawn anew, in place of those of docs/guide. */
const folder = process.env.GUIDE_PICTURES;

/** Draw a picture of docs/guide, and compare what it shows: drawn anew it is by hand only. */
export async function drawForGuide(page: Page, name: string): Promise<void> {
  await page.setViewportSize({ width: 1000, height: 750 });
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`) });

  const parts = await page.locator('main').locator(OUTLINE).allTextContents();
  const outline = [...new Set(parts.map(plain))].sort().join('\n');
  await expect(`${outline}\n`).toMatchFileSnapshot(`../../../docs/guide/pictures/${name}.txt`);
}

/** Without what differs from day to day. */
function plain(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(/\d+/g, '0').trim();
}
