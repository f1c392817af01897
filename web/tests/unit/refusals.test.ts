import { expect, test } from 'vitest';
import { Problem } from '../../src/api/problem';
import slugs from '../../src/api/schema/slugs.json';
import { refusalWords } from '../../src/messages/refusals/refusals';
import { runningRefusals } from '../../src/messages/refusals/running';
import { isPlain, whyRefused } from '../../src/words/refusals';

const { fr, en } = refusalWords;
/** Of nginx, where a service does not answer it: in no document. */
const OF_THE_GATEWAY = ['gateway'];
/** Any route has these, and what their status says is what there is to say. */
const SAID_BY_STATUS = ['forbidden', 'issuer-unreachable', 'malformed', 'token-refused'];

test('each refusal that has words is one of the platform, and has them in both languages', () => {
  const known = Object.keys(fr.bySlug);
  const unknown = known.filter((slug) => !(slug in slugs));
  const [some, all] = [known.length - unknown.length, Object.keys(slugs).length];
  console.info(`Words of their own: ${some} of ${all} refusals`);

  expect(unknown).toEqual(OF_THE_GATEWAY);
  expect(Object.keys(en.bySlug)).toEqual(known);
});

test('refusals that only pages for who runs operations know are of the platform, too', () => {
  const known = Object.keys(runningRefusals.fr);

  expect(known.length).toBeGreaterThan(10);
  expect(known.filter((slug) => !(slug in slugs))).toEqual([]);
  expect(Object.keys(runningRefusals.en)).toEqual(known);
  const response = new Response(null, { status: 409 });
  const refusal = new Problem({ type: '/problems/days-incomplete', days: [1, 2] }, response);
  expect(whyRefused(refusal, 'fr')).toBe(fr.byStatus[409]);
  expect(whyRefused(refusal, 'fr', runningRefusals.fr)).toContain('2 jours');
});

test('whatever a member or a stranger may be refused has words of its own', () => {
  const theirs = Object.entries(slugs).filter(([, { isMembers }]) => isMembers);
  const missing = theirs.map(([slug]) => slug).filter((slug) => !(slug in fr.bySlug));
  console.info(`Of what members and strangers may be refused: ${theirs.length}`);

  expect(theirs.length).toBeGreaterThan(100);
  expect(missing.sort()).toEqual(SAID_BY_STATUS);
});

test('each status of a refusal has a sentence, in both languages', () => {
  const statuses = [...new Set(Object.values(slugs).flatMap(({ statuses }) => statuses))].map(
    String,
  );

  expect(statuses.length).toBeGreaterThan(5);
  expect(statuses.filter((status) => !(status in fr.byStatus))).toEqual([]);
  expect(Object.keys(en.byStatus)).toEqual(Object.keys(fr.byStatus));
});

test('what any route may refuse is told by its status', () => {
  expect(SAID_BY_STATUS.filter((slug) => slug in fr.bySlug || !(slug in slugs))).toEqual([]);

  const headers = { 'x-request-id': 'abc' };
  const response = new Response(null, { status: 403, headers });
  const refusal = new Problem({ type: '/problems/forbidden' }, response);

  // Nobody is to look for what one may not see: there is no number to quote.
  expect(whyRefused(refusal, 'fr')).toBe(fr.byStatus[403]);
  expect(isPlain(refusal)).toBe(true);
});

test('what is too large is told with what there is room for', () => {
  const refused = (limit_bytes: number) =>
    new Problem(
      { type: '/problems/body-too-large', limit_bytes },
      new Response(null, { status: 413 }),
    );

  expect(whyRefused(refused(64 * 1024), 'fr')).toContain('64\u00a0Kio');
  expect(whyRefused(refused(20 * 1024 ** 2), 'en')).toContain('20\u00a0MiB');
});
