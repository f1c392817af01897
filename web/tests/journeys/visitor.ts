import { appendFileSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import type axe from 'axe-core';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
  type Request,
} from 'playwright-core';
import { test as base, expect } from 'vitest';
import { shellWords } from '../../src/messages/shell';

/** What `journeys.py` says of the platform. */
export const platform = {
  url: setting('PAGE_URL'),
  password: setting('DEMO_PASSWORD'),
  operatorPassword: setting('OPERATOR_PASSWORD'),
  mails: setting('MAILS'),
  databaseFolder: setting('DATABASE_FOLDER'),
  python: setting('PYTHON'),
  /** Another one, which knows staff alone, and wants an authenticator app of them. */
  strictUrl: setting('STRICT_URL'),
  strictPassword: setting('STRICT_PASSWORD'),
  /** Another one, with nothing in it, and a clock that is set by a file. */
  emptyUrl: setting('EMPTY_URL'),
  emptyPassword: setting('EMPTY_PASSWORD'),
  emptyMails: setting('EMPTY_MAILS'),
  emptyClock: setting('EMPTY_CLOCK'),
  screenshots: setting('SCREENSHOTS'),
  keepsPictures: setting('PICTURES') === 'all',
};

/** What each unit has loaded of the page: `choosing.py` reads it. */
const REACHED = setting('REACHED');
const LEFT_OUT: readonly string[] = JSON.parse(setting('LEFT_OUT'));
const SCRIPT = /\/assets\/([^/]+)-[^/]{8}\.js$/;

/** Whether a row of the table of all pages is tried today. */
export function isChosen(row: string): boolean {
  return !LEFT_OUT.includes(`pages/${row}`);
}

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 900 };
/** What is left of a desk's screen where a page is enlarged four times: WCAG 1.4.10. */
const ENLARGED = { width: 320, height: 256 };
const MOST_TABS = 40;
const LOADING = new RegExp(`^(${shellWords.fr.loading}|${shellWords.en.loading})$`);
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const APIS = /^\/(ingest|allocation|billing|community)\//;

interface Looks {
  isPhone?: boolean;
  isEnlarged?: boolean;
  isDark?: boolean;
  language?: string;
}

/** A browser of its own for each visitor: cookies, and what went wrong in it. */
export class Visitor {
  readonly faults: string[] = [];
  /** Of the table of all pages, the one that is open. */
  row = '';
  /** Of the APIs, in the order in which they came. */
  private readonly answers: string[] = [];
  /** What the page has asked for, and of it what has not come yet. */
  private asked = 0;
  private readonly awaited = new Set<Request>();

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    this.watch(page);
    this.count(page);
  }

  static async arrive(looks: Looks = {}): Promise<Visitor> {
    const { isPhone, isEnlarged, isDark, language = 'fr-FR' } = looks;
    const options: BrowserContextOptions = {
      baseURL: platform.url,
      locale: language,
      viewport: isEnlarged ? ENLARGED : isPhone ? PHONE : DESKTOP,
      colorScheme: isDark ? 'dark' : 'light',
    };
    const context = await (await browser()).newContext(options);
    return new Visitor(context, await context.newPage());
  }

  /** From the next page that is opened on: what is pressed, by mouse or keyboard, and dropped. */
  async countPresses(): Promise<() => number> {
    let presses = 0;
    await this.context.exposeFunction('pressed', () => {
      presses += 1;
    });
    await this.context.addInitScript(() => {
      for (const kind of ['pointerdown', 'drop']) {
        addEventListener(kind, () => window.pressed(), { capture: true });
      }
      addEventListener('keydown', ({ key }) => [' ', 'Enter'].includes(key) && window.pressed(), {
        capture: true,
      });
    });
    return () => presses;
  }

  /** What has the focus, as it is called. */
  focused(): Promise<string> {
    return this.page.evaluate(() => {
      const element = document.activeElement;
      const name = element?.getAttribute('aria-label') ?? element?.textContent ?? '';
      return name.replace(/\s/gu, ' ');
    });
  }

  /** By Tab, as often as it takes, to what is called so. */
  async tabTo(name: RegExp): Promise<void> {
    for (let presses = 0; presses < MOST_TABS; presses += 1) {
      await this.page.keyboard.press('Tab');
      if (name.test(await this.focused())) return;
    }
    throw new Error(`Tab does not come to ${name}`);
  }

  /** Another tab of the same browser. */
  async openTab(): Promise<Page> {
    const tab = await this.context.newPage();
    this.watch(tab);
    return tab;
  }

  /** As the log-in page does, without its typing; the answer is an access token. */
  async logIn(email: string, password = platform.password): Promise<string> {
    const answer = await this.context.request.post('/community/browser-session', {
      data: { email, password },
      headers: { origin: platform.url },
    });
    expect(answer.status()).toBe(200);
    return (await answer.json()).access_token;
  }

  /** Go to an address, and wait until the page has nothing more to ask. */
  async open(path: string): Promise<void> {
    await this.page.goto(path);
    await this.settle();
  }

  /** Until all has come that was asked for, and the page, having drawn it, asks for nothing more. */
  async settle(): Promise<void> {
    await this.page.waitForSelector('h1');
    let asked: number;
    do {
      asked = this.asked;
      await this.page.getByText(LOADING).first().waitFor({ state: 'hidden' });
      await this.page.evaluate(drawTwice).catch(unlessItLeft);
    } while (this.awaited.size > 0 || this.asked > asked);
  }

  /** From now on a phone, or a desk; what is open there is drawn anew, not loaded. */
  async turnTo(isPhone: boolean): Promise<void> {
    await this.page.setViewportSize(isPhone ? PHONE : DESKTOP);
  }

  /** As a machine does at dusk. */
  async turnDark(isDark: boolean): Promise<void> {
    await this.page.emulateMedia({ colorScheme: isDark ? 'dark' : 'light' });
  }

  /** What the APIs have refused so far. */
  refused(): readonly string[] {
    return this.answers.filter((answer) => answer.startsWith('4'));
  }

  async heading(): Promise<string> {
    const heading = (await this.page.textContent('h1')) ?? '';
    // Spaces that do not break are as good as others here.
    return heading.replace(/\s/gu, ' ');
  }

  /** Keep what the page shows, where pictures of all are wanted: `make web-pictures`. */
  async keepPicture(name: string, page = this.page): Promise<void> {
    const path = join(platform.screenshots, `${name}.png`);
    if (platform.keepsPictures) await page.screenshot({ path, fullPage: true });
  }

  /** What keeps somebody out of what a journey came to, in both themes; keeps a picture of each. */
  async barriersOf(name: string, page = this.page): Promise<string[]> {
    const found: string[] = [];
    for (const theme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      await this.keepPicture(`${name}.${theme}`, page);
      found.push(...(await this.barriers(page)));
    }
    return found;
  }

  /** What axe finds that keeps somebody out. */
  async barriers(page = this.page): Promise<string[]> {
    await page.waitForFunction(isAtRest);
    if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
    return page.evaluate(async () => {
      // All rules; but of those that are kept, not each element that keeps them.
      const { violations } = await window.axe.run({ resultTypes: ['violations'] });
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    });
  }

  /** Keep what the page showed as a journey failed, and what it had asked for. */
  async testify(journey: string): Promise<void> {
    const name = journey.replaceAll(/\P{L}+/gu, '-');
    const path = join(platform.screenshots, `failed.${name}.png`);
    await this.page.screenshot({ path, fullPage: true });
    console.log(`${path}\n${this.answers.join('\n')}`);
  }

  async leave(): Promise<void> {
    await this.context.close();
    expect(this.faults).toEqual([]);
  }

  private noteScript(pathname: string): void {
    const script = pathname.match(SCRIPT)?.[1];
    const file = basename(expect.getState().testPath ?? '', '.test.ts');
    const unit = this.row ? `${file}/${this.row}` : file;
    if (script) appendFileSync(REACHED, `${unit}\t${script}\n`);
  }

  private count(page: Page): void {
    let isLeaving = false;
    page.on('request', (request) => {
      if (request.isNavigationRequest()) isLeaving = true;
      this.asked += 1;
      this.awaited.add(request);
    });
    page.on('framenavigated', () => {
      // What the page before had asked for, until the moment it was gone, ends without a word.
      if (isLeaving) this.awaited.clear();
      isLeaving = false;
    });
    page.on('requestfinished', (request) => this.awaited.delete(request));
    page.on('requestfailed', (request) => this.awaited.delete(request));
  }

  private watch(page: Page): void {
    page.on('request', (request) => this.noteScript(new URL(request.url()).pathname));
    page.on('pageerror', (error) => this.faults.push(`error ${error.message}`));
    page.on('console', (message) => {
      const { pathname } = new URL(message.location().url || platform.url);
      // The browser's own line on a refusal of an API, which the page has words for.
      const isRefusal = / status of 4\d\d /.test(message.text()) && APIS.test(pathname);
      if (['error', 'warning'].includes(message.type()) && !isRefusal) {
        this.faults.push(`${message.type()} ${message.text()}`);
      }
    });
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      const method = response.request().method();
      if (APIS.test(pathname)) this.answers.push(`${response.status()} ${method} ${pathname}`);
      if (response.status() >= 500) this.faults.push(`${response.status()} ${response.url()}`);
    });
  }
}

/** A test with a visitor, who must have met no error, of the console or of the platform, at its end. */
export const test = base.extend<{ visitor: Visitor }>({
  visitor: async ({ task }, use) => {
    const visitor = await Visitor.arrive();
    await use(visitor);
    if (task.result?.state === 'fail') await visitor.testify(task.name);
    await visitor.leave();
  },
});

let connection: Promise<Browser> | null = null;

function browser(): Promise<Browser> {
  connection ??= chromium.connect(setting('BROWSER'));
  return connection;
}

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run \`make web-journeys\``);
  return value;
}

/** A page that goes elsewhere meanwhile has asked for it: the loop goes round again. */
function unlessItLeft(error: Error): void {
  if (!error.message.includes('Execution context was destroyed')) throw error;
}

/** Whether no button waits for an answer, which it shows paler, and nothing fades. */
function isAtRest(): boolean {
  const waits = document.querySelector('button[class*=_pending_]') !== null;
  const fading = document.getAnimations().filter(({ playState }) => playState === 'running');
  return !waits && fading.every(({ effect }) => effect?.getComputedTiming().endTime === Infinity);
}

/** Until what came has led to what it leads to: one frame draws it, the next one has seen it. */
function drawTwice(): Promise<unknown> {
  return new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
}

declare global {
  interface Window {
    axe: typeof axe;
    pressed: () => void;
  }
}
