import { join } from 'node:path';
import { expect } from 'vitest';
import { MEMBER } from './people';
import { platform, test, Visitor } from './visitor';

/** Every address, for whom it is, and whether it is looked at by somebody who is logged in. */
const PAGES: readonly [name: string, email: string | null, path: string][] = [
  ['log-in', null, '/log-in'],
  ['nowhere', null, '/nowhere'],
  ['my-month', MEMBER, '/month/2026-10'],
  ['a-month-without', MEMBER, '/month/2020-01'],
  ['first-visit', MEMBER, '/month/2026-10?first=true'],
  ['a-day', MEMBER, '/day/2026-10-10'],
  ['the-day-of-25-hours', MEMBER, '/day/2026-10-25?step=5'],
  ['a-day-to-come', MEMBER, '/day/2030-01-01'],
  ['history', MEMBER, '/history'],
];

const LOOKS = [
  { look: 'phone', isPhone: true, isDark: false },
  { look: 'desktop', isPhone: false, isDark: false },
  { look: 'dark', isPhone: true, isDark: true },
];

test.each(PAGES)(
  '%s keeps nobody out, on a phone, on a desk, in the dark',
  async (name, email, path) => {
    for (const { look, ...looks } of LOOKS) {
      const visitor = await Visitor.arrive(looks);
      if (email) await visitor.logIn(email);
      await visitor.open(path);

      const file = join(platform.screenshots, `${name}.${look}.png`);
      await visitor.page.screenshot({ path: file, fullPage: true });
      expect([look, await visitor.barriers()]).toEqual([look, []]);
      const width = await visitor.page.evaluate(() => document.documentElement.scrollWidth);
      expect([look, width]).toEqual([look, looks.isPhone ? 390 : 1280]);
      await visitor.leave();
    }
  },
);
