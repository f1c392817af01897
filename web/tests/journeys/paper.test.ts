import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADDRESS, MEMBER } from './people';
import { Visitor } from './visitor';

/** Pages that are printed, and what has to be read there that is folded on the screen. */
const PAGES: readonly [path: string, heading: string, folded: string][] = [
  ['/bills/2026-10', 'Avec ou sans l’opération · octobre 2026', 'Abonnement du fournisseur'],
  [ADDRESS.closedVote, 'Comment s’appellera la caisse de solidarité ?', 'Cette empreinte change'],
  ['/me/data', 'Mes données', 'votre nom, vos adresses, votre e-mail'],
];

let visitor: Visitor;

beforeAll(async () => {
  visitor = await Visitor.arrive({ isDark: true });
  await visitor.logIn(MEMBER);
});

test.each(PAGES)('%s on paper: dark on white, all of it, and nothing to press', async (...row) => {
  const [path, heading, folded] = row;
  const { page } = visitor;
  await page.emulateMedia({ media: 'screen' });
  await visitor.open(path);
  expect(await visitor.heading()).toBe(heading);
  expect(await page.getByText(folded).first().isVisible()).toBe(false);

  await page.emulateMedia({ media: 'print' });

  const shown = async (role: 'button' | 'navigation' | 'banner' | 'contentinfo') =>
    await page.getByRole(role).count();
  expect({
    buttons: await shown('button'),
    navigations: await shown('navigation'),
    headers: await shown('banner'),
    footers: await shown('contentinfo'),
    forms: await page.locator('form:visible').count(),
    isRead: await page.getByText(folded).first().isVisible(),
    ...(await page.evaluate(() => ({
      paper: getComputedStyle(document.body).backgroundColor,
      left: document.querySelector('h1')?.getBoundingClientRect().left,
    }))),
  }).toEqual({
    buttons: 0,
    navigations: 0,
    headers: 0,
    footers: 0,
    forms: 0,
    isRead: true,
    paper: 'rgb(255, 255, 255)',
    left: 1,
  });
});

afterAll(() => visitor.leave());
