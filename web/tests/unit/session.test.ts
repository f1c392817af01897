import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const answers: Array<() => Response> = [];
const asked: string[] = [];

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers({ now: new Date('2026-11-29T10:00:00Z') });
  answers.length = asked.length = 0;
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    asked.push(`${init.method} ${path}`);
    const answer = answers.shift();
    if (!answer) throw new TypeError('the network is away');
    return answer();
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const tokenOf = (name: string, sub = 'lucie') => `h.${base64url({ sub, said: 'ÿ¿¾' })}.${name}`;
const token = (name: string, sub?: string) => () =>
  Response.json({ access_token: tokenOf(name, sub), expires_in: 900 }, { status: 200 });
const nobody = () => new Response(null, { status: 204 });

test('all who wait for a token at once share one renewal', async () => {
  answers.push(token('first'));
  const { accessToken } = await import('../../src/session');

  const tokens = await Promise.all([accessToken(), accessToken(), accessToken()]);

  expect(new Set(tokens)).toEqual(new Set([tokenOf('first')]));
  expect(asked).toHaveLength(1);
});

test('after twenty minutes asleep the token is renewed before it is used', async () => {
  answers.push(token('first'), token('second'));
  const { accessToken } = await import('../../src/session');
  await accessToken();

  vi.advanceTimersByTime(20 * 60_000);

  expect(await accessToken()).toBe(tokenOf('second'));
});

test('a renewal whose answer is lost leaves one logged in', async () => {
  const { accessToken } = await import('../../src/session');
  await expect(accessToken()).rejects.toThrow('the network is away');

  answers.push(token('first'));

  expect(await accessToken()).toBe(tokenOf('first'));
});

test('nobody is logged in without a cookie, and that is no error', async () => {
  answers.push(nobody);
  const { accessToken } = await import('../../src/session');

  expect(await accessToken()).toBeNull();
});

test('a refusal says what it is, and by which number it is found', async () => {
  const body = { type: '/problems/credentials-refused', title: 'Refused', status: 401 };
  answers.push(() => Response.json(body, { status: 401, headers: { 'x-request-id': 'abc' } }));
  const { logIn } = await import('../../src/session');

  await expect(logIn({ email: 'a@example.org', password: 'x' })).rejects.toMatchObject({
    slug: 'credentials-refused',
    requestId: 'abc',
  });
});

test('a session that ended elsewhere ends here, once', async () => {
  answers.push(token('first'), nobody, nobody);
  const { accessToken, forgetAccess, whenLoggedOut } = await import('../../src/session');
  const ended = vi.fn();
  whenLoggedOut(ended);
  await accessToken();

  forgetAccess();

  expect(await accessToken()).toBeNull();
  expect(await accessToken()).toBeNull();
  expect(ended).toHaveBeenCalledOnce();
});

test('a renewal that was asked for before a log-in does not undo it', async () => {
  let arrive = (_: Response) => {};
  const late = new Promise<Response>((resolve) => {
    arrive = resolve;
  });
  vi.stubGlobal('fetch', (path: string) =>
    path.endsWith('/renewal') ? late : Promise.resolve(token('of the log-in')()),
  );
  const { accessToken, logIn } = await import('../../src/session');
  const waiting = accessToken();

  await logIn({ secret: 'of a link' });
  arrive(nobody());

  expect(await waiting).toBe(tokenOf('of the log-in'));
});

test('who logs out is told so, and the token is gone', async () => {
  answers.push(token('first'), nobody, nobody);
  const { accessToken, logOut, whenLoggedOut } = await import('../../src/session');
  const ended = vi.fn();
  whenLoggedOut(ended);
  await accessToken();

  await logOut();

  expect(ended).toHaveBeenCalledOnce();
  expect(await accessToken()).toBeNull();
  expect(asked[1]).toBe('DELETE /community/browser-session');
});

/** A tab of the same browser: a session of its own. */
async function openTab() {
  vi.resetModules();
  const tab = await import('../../src/session');
  const ended = vi.fn();
  tab.whenLoggedOut(ended);
  return { ...tab, ended };
}

/** Messages reach other tabs at once, and not their own. */
function joinTabs() {
  const joined: BroadcastChannel[] = [];
  vi.stubGlobal(
    'BroadcastChannel',
    class {
      onmessage: ((message: { data: unknown }) => void) | null = null;
      constructor() {
        joined.push(this as unknown as BroadcastChannel);
      }
      postMessage(data: unknown) {
        for (const other of joined) {
          if ((other as unknown) !== this) other.onmessage?.({ data } as MessageEvent);
        }
      }
    },
  );
}

test('who logs in in another tab ends the session of somebody else here', async () => {
  joinTabs();
  answers.push(token('first'), token('of the other', 'idris'));
  const [tab, other] = [await openTab(), await openTab()];
  await tab.accessToken();

  await other.logIn({ secret: 'of a link' });

  expect(tab.ended).toHaveBeenCalledOnce();
  expect(await tab.accessToken()).toBeNull();
  expect(other.ended).not.toHaveBeenCalled();
  expect(await other.accessToken()).toBe(tokenOf('of the other', 'idris'));
});

test('who logs in twice stays logged in in both tabs', async () => {
  joinTabs();
  answers.push(token('first'), token('second'));
  const [tab, other] = [await openTab(), await openTab()];
  await tab.accessToken();

  await other.logIn({ secret: 'of a link' });

  expect(tab.ended).not.toHaveBeenCalled();
  expect(await tab.accessToken()).toBe(tokenOf('first'));
});

test('a token of somebody else is never used, though no tab told of it', async () => {
  answers.push(token('first'), token('of the other', 'idris'));
  const tab = await openTab();
  await tab.accessToken();

  vi.advanceTimersByTime(20 * 60_000);

  expect(await tab.accessToken()).toBeNull();
  expect(tab.ended).toHaveBeenCalledOnce();
});

test('a session that is over stays so until somebody logs in', async () => {
  answers.push(token('first'), token('of the other', 'idris'), token('of the log-in', 'idris'));
  const tab = await openTab();
  await tab.accessToken();
  tab.forgetAccess();
  await tab.accessToken();

  expect(await tab.accessToken()).toBeNull();
  expect(asked).toHaveLength(2);
  await tab.logIn({ secret: 'of a link' });
  expect(await tab.accessToken()).toBe(tokenOf('of the log-in', 'idris'));
});

test('a visitor is not sent away by a log-in in another tab', async () => {
  joinTabs();
  answers.push(nobody, token('first'), token('first'));
  const [tab, other] = [await openTab(), await openTab()];
  await tab.accessToken();

  await other.logIn({ secret: 'of a link' });

  expect(tab.ended).not.toHaveBeenCalled();
  expect(await tab.accessToken()).toBe(tokenOf('first'));
});

test('who shows again who they are goes on with another token', async () => {
  answers.push(token('first'), token('stepped up'));
  const { accessToken, stepUp } = await import('../../src/session');
  await accessToken();

  await stepUp({ password: 'douze lettres au moins' });

  expect(asked.at(-1)).toBe('POST /community/me/step-up');
  expect(await accessToken()).toBe(tokenOf('stepped up'));
});

test('a wrong password leaves the token as it was', async () => {
  const body = { type: '/problems/password-wrong', title: 'Wrong', status: 409 };
  answers.push(token('first'), () => Response.json(body, { status: 409 }));
  const { accessToken, stepUp } = await import('../../src/session');
  await accessToken();

  await expect(stepUp({ password: 'x' })).rejects.toMatchObject({ slug: 'password-wrong' });

  expect(await accessToken()).toBe(tokenOf('first'));
});
