import { expect, test, vi } from 'vitest';
import { Legal } from '../../src/pages/Legal';
import { HERE, shown } from './shown';

// It asks for a browser; nothing is asked of the APIs here.
vi.mock('../../src/api/client', () => ({}));

const NOTICE = {
  publisher: 'Pousse-Soleil SCIC, 1 rue des Volts, 99110 Aurelle',
  director: 'Lucie Brindille',
  host: 'Hébergeur du Pré SAS, 2 rue des Serveurs, 99110 Aurelle',
  contact_email: 'bonjour@example.org',
};

test.each([
  ['fr', 'ne l’a pas indiqué', 'de la publication'],
  ['en', 'has not given it', 'of publication'],
] as const)('who publishes, hosts and answers is told: %s', async (language, missing, director) => {
  const html = await shown(<Legal />, { ...HERE, legal: NOTICE }, language);

  for (const text of Object.values(NOTICE)) expect(html).toContain(text);
  expect(html).toContain('href="mailto:bonjour@example.org"');
  expect(html).toContain(director);
  expect(html).not.toContain(missing);
});

test.each([
  ['fr', 'ne l’a pas indiqué', 'de la publication'],
  ['en', 'has not given it', 'of publication'],
] as const)(
  'what the operator has not given is said to be missing: %s',
  async (language, missing, director) => {
    const html = await shown(<Legal />, HERE, language);

    expect(html.split(missing)).toHaveLength(4);
    expect(html).not.toContain(director);
  },
);
