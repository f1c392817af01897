import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import {
  ADDRESS,
  MEMBER,
  NO_POINT_YET,
  PRODUCER,
  REFUSES_DISPLAY,
  SEVERAL_POINTS,
  STAFF,
  TWO_OPERATIONS,
} from './people';
import { platform, test, Visitor } from './visitor';

/** Every address, for whom it is, and whether it is looked at by somebody who is logged in. */
const PAGES: readonly [name: string, email: string | null, path: string][] = [
  ['operations', null, '/operations'],
  ['an-operation', null, ADDRESS.operation],
  ['log-in', null, '/log-in'],
  ['forgotten', null, '/forgotten'],
  ['sign-up', null, '/sign-up?operation=ACC00000101'],
  ['request', null, '/request'],
  ['legal', null, '/about/legal'],
  ['privacy', null, '/about/privacy'],
  ['nowhere', null, '/nowhere'],
  ['my-month', MEMBER, '/month/2026-10'],
  ['a-month-under-way', MEMBER, '/month/2026-11'],
  ['a-month-without', MEMBER, '/month/2020-01'],
  ['the-month-of-23-hours', MEMBER, '/month/2026-03'],
  ['first-visit', MEMBER, '/month/2026-10?first=true'],
  ['one-of-three-points', SEVERAL_POINTS, '/month/2026-10?point=2'],
  ['in-two-operations', TWO_OPERATIONS, '/month/2026-10?point=2'],
  ['refuses-display', REFUSES_DISPLAY, '/me/consents'],
  ['no-point-yet', NO_POINT_YET, '/month/2026-10'],
  ['a-day', MEMBER, '/day/2026-10-10'],
  ['the-day-of-25-hours', MEMBER, '/day/2026-10-25?step=5'],
  ['the-day-of-23-hours', MEMBER, '/day/2026-03-29?step=4'],
  ['a-day-to-come', MEMBER, '/day/2030-01-01'],
  ['history', MEMBER, '/history'],
  ['invoices', MEMBER, '/invoices'],
  ['invoices-of-a-seller', PRODUCER, '/invoices?side=sold'],
  ['both-bills', MEMBER, '/bills/2026-10'],
  ['mandate', MEMBER, '/mandate'],
  ['price', MEMBER, '/price'],
  ['key', MEMBER, '/key'],
  ['together', MEMBER, '/together'],
  ['gatherings', MEMBER, '/gatherings'],
  ['a-gathering-to-come', MEMBER, ADDRESS.gatheringToCome],
  ['a-gathering-held', MEMBER, ADDRESS.gatheringHeld],
  ['an-open-vote', MEMBER, ADDRESS.openVote],
  ['a-closed-vote', MEMBER, ADDRESS.closedVote],
  ['news', MEMBER, '/news'],
  ['an-article', MEMBER, ADDRESS.article],
  ['a-challenge', MEMBER, ADDRESS.challenge],
  ['notifications', MEMBER, '/notifications'],
  ['notification-settings', MEMBER, '/notifications/settings'],
  ['me', MEMBER, '/me'],
  ['me-of-staff', STAFF, '/me'],
  ['contact', MEMBER, '/me/contact'],
  ['consents', MEMBER, '/me/consents'],
  ['my-data', MEMBER, '/me/data'],
  ['security', MEMBER, '/me/security'],
  ['documents', NO_POINT_YET, '/me/documents'],
  ['capital', MEMBER, '/me/capital'],
  ['leave', MEMBER, '/me/leave'],
];

const LOOKS = [
  { look: 'phone', isPhone: true, isDark: false },
  { look: 'desktop', isPhone: false, isDark: false },
  { look: 'dark', isPhone: true, isDark: true },
];

/** Three browsers for each person, who log in once. */
const visitors = new Map<string, Visitor>();

async function visitorAs(email: string | null, look: (typeof LOOKS)[number]): Promise<Visitor> {
  const name = `${email} ${look.look}`;
  let visitor = visitors.get(name);
  if (!visitor) {
    visitor = await Visitor.arrive(look);
    if (email) await visitor.logIn(email, email === STAFF ? platform.operatorPassword : undefined);
    visitors.set(name, visitor);
  }
  return visitor;
}

test.each(PAGES)('%s keeps nobody out: phone, desk, dark', async (name, email, path) => {
  for (const look of LOOKS) {
    const visitor = await visitorAs(email, look);
    await visitor.open(path);

    const file = join(platform.screenshots, `${name}.${look.look}.png`);
    await visitor.page.screenshot({ path: file, fullPage: true });
    const width = await visitor.page.evaluate(() => document.documentElement.scrollWidth);
    expect({
      look: look.look,
      barriers: await visitor.barriers(),
      width,
      faults: visitor.faults.splice(0),
    }).toEqual({ look: look.look, barriers: [], width: look.isPhone ? 390 : 1280, faults: [] });
  }
});

afterAll(async () => {
  for (const visitor of visitors.values()) await visitor.leave();
});
