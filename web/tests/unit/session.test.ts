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

const token = (name: string) => () =>
  Response.json({ access_token: name, expires_in: 900 }, { status: 200 });
const nobody = () => new Response(null, { status: 204 });

test('all who wait for a token at once share one renewal', async () => {
  answers.push(token('first'));
  const { accessToken } = await import('../../src/session');

  const tokens = await Promise.all([accessToken(), accessToken(), accessToken()]);

  expect(tokens).toEqual(['first', 'first', 'first']);
  expect(asked).toHaveLength(1);
});

test('after twenty minutes asleep the token is renewed before it is used', async () => {
  answers.push(token('first'), token('second'));
  const { accessToken } = await import('../../src/session');
  await accessToken();

  vi.advanceTimersByTime(20 * 60_000);

  expect(await accessToken()).toBe('second');
});

test('a renewal whose answer is lost leaves one logged in', async () => {
  const { accessToken } = await import('../../src/session');
  await expect(accessToken()).rejects.toThrow('the network is away');

  answers.push(token('first'));

  expect(await accessToken()).toBe('first');
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
  const late = Promise.withResolvers<Response>();
  vi.stubGlobal('fetch', (path: string) =>
    path.endsWith('/renewal') ? late.promise : Promise.resolve(token('of the log-in')()),
  );
  const { accessToken, logIn } = await import('../../src/session');
  const waiting = accessToken();

  await logIn({ secret: 'of a link' });
  late.resolve(nobody());

  expect(await waiting).toBe('of the log-in');
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
