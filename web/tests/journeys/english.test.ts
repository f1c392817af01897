import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADDRESS, MEMBER } from './people';
import { Visitor } from './visitor';

const PAGES = [
  '/month/2026-10',
  '/day/2026-10-10',
  '/history',
  '/invoices',
  '/invoices/{invoice}',
  '/bills/2026-10',
  ADDRESS.gatheringHeld,
  ADDRESS.openVote,
  ADDRESS.closedVote,
  ADDRESS.challenge,
  '/notifications',
  '/me/consents',
  '/me/data',
];
/** Words without which hardly a sentence is French, and how French writes amounts, hours, quotes. */
const FRENCH =
  /(?<!\p{L})(?:vous|votre|vos|nous|est|sont|pour|avec|dans|cette|aucun|pas|électricité|facture|mois|jour|heure)(?!\p{L})|\d\s?€|\d,\d\d?(?!\d)|\d h(?!\p{L})|[«»]/giu;

let visitor: Visitor;
let invoice: string;
let headers: Record<string, string>;

beforeAll(async () => {
  visitor = await Visitor.arrive({ language: 'en-GB', isEnlarged: true });
  headers = { authorization: `Bearer ${await visitor.logIn(MEMBER)}` };
  await writeIn('en');
  const answer = await visitor.context.request.get('/billing/invoice-summaries', { headers });
  [{ id: invoice }] = await answer.json();
});

/** As the page for contact and language does. */
async function writeIn(language: 'fr' | 'en'): Promise<void> {
  const { request } = visitor.context;
  const me = await (await request.get('/community/me', { headers })).json();
  const { address, delivery_address } = me.profile.member;
  const data = { address, delivery_address, language };
  const answer = await request.put('/community/me/contact', { headers, data });
  expect(answer.status()).toBe(200);
}

test.each(PAGES)('%s in English, enlarged four times', async (path) => {
  await visitor.open(path.replace('{invoice}', invoice));

  expect(await visitor.page.getByRole('alert').allTextContents()).toEqual([]);
  expect(await visitor.page.evaluate(unfold)).toEqual({ language: 'en', width: 320 });

  const said = await visitor.page.evaluate(saidInEnglish);
  expect(said.filter((text) => text.match(FRENCH))).toEqual([]);
});

/** All that is folded; the page must not grow wider by it. */
function unfold() {
  for (const folded of document.querySelectorAll('details')) folded.open = true;
  const { lang: language, scrollWidth: width } = document.documentElement;
  return { language, width };
}

/** What is shown, or called so, and not said to be in another language. */
function saidInEnglish(): string[] {
  const elements = [...document.body.querySelectorAll('*')].filter(
    (element) => element.closest('[lang]')?.getAttribute('lang') === 'en',
  );
  return elements.flatMap((element) => {
    const texts = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
    const names = ['aria-label', 'aria-valuetext'].map((name) => element.getAttribute(name));
    return [...texts.map(({ textContent }) => textContent), ...names].filter(
      (text) => text !== null,
    );
  });
}

afterAll(async () => {
  await writeIn('fr');
  await visitor.leave();
});
