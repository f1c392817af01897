import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Forgotten } from '../../src/pages/Forgotten';
import { Invitation } from '../../src/pages/Invitation';
import { Confirmed } from '../../src/pages/SignUp';
import type { LogInOptions } from '../../src/queries/logIns';
import { HERE, shown } from './shown';

// It asks for a browser; nothing is asked of the APIs here.
vi.mock('../../src/api/client', () => ({}));

beforeEach(() => {
  vi.stubGlobal('window', { location: { hash: '', origin: 'http://localhost' } });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

const THERE: LogInOptions = {
  ...HERE,
  password: false,
  link: false,
  oidc: { issuer: 'https://login.example.org', log_in_path: '/community/oidc/log-in' },
};

const PAGES = [
  ['forgotten', <Forgotten key="forgotten" />],
  ['invitation', <Invitation key="invitation" />],
] as const;

test.each(PAGES)('%s leads to the co-op’s own issuer, and asks for nothing', async (_, page) => {
  const html = await shown(page, THERE);

  expect(html).toContain('href="/community/oidc/log-in"');
  expect(html).toContain('Se connecter avec Pousse-Soleil');
  expect(html).not.toMatch(/<form|<input|role="alert"/);
  expect(await shown(page, THERE, 'en')).toContain('Log in with Pousse-Soleil');
});

test.each(PAGES)('%s names the issuer that the page cannot lead to', async (_, page) => {
  const oidc = { issuer: 'https://login.example.org', log_in_path: null };

  const html = await shown(page, { ...THERE, oidc });

  expect(html).toContain('https://login.example.org');
  expect(html).not.toMatch(/<a |<form/);
});

test('where one logs in here, a forgotten password is one’s own to replace', async () => {
  const html = await shown(<Forgotten />, HERE);

  expect(html).toContain('Envoyer le lien');
  expect(html).not.toContain('/community/oidc/log-in');
});

test('where one logs in here, an invitation without its secret is over', async () => {
  expect(await shown(<Invitation />, HERE)).toContain('Cette invitation n’est plus valable');
});

test.each([
  ['fr', 'recevrez une invitation', 'dans son service de connexion'],
  ['en', 'get an invitation', 'in its log-in service'],
] as const)('who asked to join is told how they will log in: %s', async (language, here, there) => {
  expect(await shown(<Confirmed />, HERE, language)).toContain(here);
  const html = await shown(<Confirmed />, THERE, language);
  expect(html).toContain(there);
  expect(html).not.toContain(here);
});
