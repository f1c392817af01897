import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADDRESS, MEMBER, OPERATION, ORGANISER, PRODUCER, STAFF } from './people';
import { recordsFor } from './records';
import { platform, Visitor } from './visitor';

const OF_PRODUCER = ['/production/2026-10', '/production/day/2026-10-10', '/production/history'];
const OF_MEMBER = [
  '/month/2026-10',
  '/day/2026-10-10',
  '/history',
  '/invoices',
  '/invoices/{invoice}',
  '/invoices/account',
  '/bills/2026-10',
  ADDRESS.gatheringHeld,
  ADDRESS.openVote,
  ADDRESS.closedVote,
  ADDRESS.challenge,
  '/notifications',
  '/me',
  '/me/contact',
  '/me/consents',
  '/me/data',
];
const OF_ORGANISER = [
  '/o',
  `/o/${OPERATION}`,
  `/o/${OPERATION}/months/2026-10`,
  `/o/${OPERATION}/months/2026-11`,
  `/o/${OPERATION}/payments`,
  `/o/${OPERATION}/payments/open`,
  `/o/${OPERATION}/payments/mandates`,
  `/o/${OPERATION}/payments/collections`,
  `/o/${OPERATION}/payments/statements`,
  `/o/${OPERATION}/payments/books`,
  `/o/${OPERATION}/payments/e-invoicing`,
  `/o/${OPERATION}/payments/settings`,
  `/o/${OPERATION}/keys`,
  `/o/${OPERATION}/keys/new`,
  `/o/${OPERATION}/keys/{draftKey}`,
  `/o/${OPERATION}/keys/{draftKey}/vote`,
  `/o/${OPERATION}/keys/compare`,
  `/o/${OPERATION}/keys/compare/{comparison}`,
  `/o/${OPERATION}/keys/coefficients?month=2026-10`,
  `/o/${OPERATION}/keys/deposits?month=2026-10`,
  `/o/${OPERATION}/bills`,
  `/o/${OPERATION}/bills/prices`,
  `/o/${OPERATION}/bills/taxes`,
  `/o/${OPERATION}/bills/corrections`,
  `/o/${OPERATION}/bills/year?year=2026`,
  `/o/${OPERATION}/bills/documents?payment=owed`,
  `/o/${OPERATION}/bills/documents/{invoice}`,
  `/o/${OPERATION}/bills/sales`,
  `/o/${OPERATION}/bills/sellers/{seller}`,
  `/o/${OPERATION}/people/documents`,
  `/o/${OPERATION}/people/documents/new`,
  `/o/${OPERATION}/people/documents/{paper}`,
  `/o/${OPERATION}/people/declarations`,
];
const OF_STAFF = [
  '/staff',
  '/staff/requests',
  '/staff/requests/{studied}',
  '/staff/deliveries',
  '/staff/deliveries/{delivery}',
  '/staff/quarantine',
  '/staff/quarantine/{quarantined}',
  '/staff/accounts',
  '/staff/accounts/{account}',
  '/staff/capital',
  '/staff/erasures',
  '/staff/messages',
  '/staff/missing',
  '/staff/feeds',
  '/staff/events',
  '/staff/audit',
  '/o',
];
/** Words without which hardly a sentence is French, and how French writes amounts, hours, quotes. */
const FRENCH =
  /(?<!\p{L})(?:vous|votre|vos|nous|est|sont|pour|avec|dans|cette|aucun|pas|électricité|facture|mois|jour|heure|français)(?!\p{L})|\d\s?€|\d,\d\d?(?!\d)|\d h(?!\p{L})|[«»]/giu;

describe.each([
  [MEMBER, OF_MEMBER],
  [PRODUCER, OF_PRODUCER],
  [ORGANISER, OF_ORGANISER],
  [STAFF, OF_STAFF],
])('in English, enlarged four times, for %s', (email, pages) => {
  let visitor: Visitor;
  /** Parts of addresses that are not the same each time. */
  let made: Record<string, string> = {};
  let headers: Record<string, string>;

  beforeAll(async () => {
    visitor = await Visitor.arrive({ language: 'en-GB', isEnlarged: true });
    // Before one is who one is: staff read them.
    if (email === STAFF || email === ORGANISER) made = { ...(await recordsFor(visitor)) };
    const password = email === STAFF ? platform.operatorPassword : undefined;
    headers = { authorization: `Bearer ${await visitor.logIn(email, password)}` };
    await writeIn(visitor, headers, 'en');
    const answer = await visitor.context.request.get('/billing/invoice-summaries', { headers });
    const [invoice] = await answer.json();
    if (invoice) made.invoice = invoice.id;
  });

  test.each(pages)('%s', async (path) => {
    await visitor.open(path.replace(/\{(\w+)\}/, (_, part) => made[part] ?? ''));

    expect(await visitor.page.getByRole('alert').allTextContents()).toEqual([]);
    expect(await visitor.page.evaluate(unfold)).toEqual({ language: 'en', tooWide: [] });
    expect(await visitor.page.evaluate(partedFigures)).toEqual([]);

    const said = await visitor.page.evaluate(saidInEnglish);
    expect(said.filter((text) => text.match(FRENCH))).toEqual([]);
  });

  afterAll(async () => {
    await writeIn(visitor, headers, 'fr');
    await visitor.leave();
  });
});

/** As the page for contact and language does. */
async function writeIn(
  { context: { request } }: Visitor,
  headers: Record<string, string>,
  language: 'fr' | 'en',
): Promise<void> {
  const me = await (await request.get('/community/me', { headers })).json();
  // Of who is no member, the browser's language is that of the page.
  if (me.profile === null) return;
  const { address, delivery_address } = me.profile.member;
  const data = { address, delivery_address, language };
  const answer = await request.put('/community/me/contact', { headers, data });
  expect(answer.status()).toBe(200);
}

/** All that is folded; the page must not grow wider by it. */
function unfold() {
  for (const folded of document.querySelectorAll('details')) folded.open = true;
  const { lang: language, scrollWidth, clientWidth } = document.documentElement;
  const elements = scrollWidth > clientWidth ? [...document.querySelectorAll('main *')] : [];
  const tooWide = elements
    .filter((element) => element.getBoundingClientRect().right > clientWidth)
    .map(({ outerHTML }) => outerHTML.slice(0, 120));
  return { language, tooWide };
}

/** Figures of tables, each one short word with its unit, that stand on more than one line. */
function partedFigures(): string[] {
  const cells = [...document.querySelectorAll('td:not([translate=no])')].map((cell) => {
    const range = document.createRange();
    const lines = new Set<number>();
    // Of texts alone: the box of a button around one begins above it.
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      range.selectNodeContents(texts.currentNode);
      for (const { top } of range.getClientRects()) lines.add(Math.round(top));
    }
    return { text: cell.textContent ?? '', lines: lines.size };
  });
  return cells
    .filter(({ text, lines }) => lines > 1 && /^[^ ]{1,20}$/.test(text))
    .map(({ text }) => text);
}

/** What is shown, or called so, and not said to be in another language. */
function saidInEnglish(): string[] {
  const elements = [...document.body.querySelectorAll('*')].filter(
    (element) =>
      element.closest('[lang]')?.getAttribute('lang') === 'en' &&
      !element.closest('[translate=no]'),
  );
  return elements.flatMap((element) => {
    const texts = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
    const names = ['aria-label', 'aria-valuetext'].map((name) => element.getAttribute(name));
    return [...texts.map(({ textContent }) => textContent), ...names].filter(
      (text) => text !== null,
    );
  });
}
