import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';
import { More } from '../../src/parts/More';
import { HERE, shown } from './shown';

// It asks for a browser; nothing is asked of the APIs here.
vi.mock('../../src/api/client', () => ({}));

function below(state: Partial<UseInfiniteQueryResult<unknown>>) {
  const query = { hasNextPage: true, error: null, ...state } as UseInfiniteQueryResult<unknown>;
  return shown(<More query={query}>Voir la suite</More>, HERE);
}

test('the next page that did not come is said to be missing, with another try', async () => {
  const html = await below({ error: new Error('offline'), isFetchNextPageError: true });

  expect(html).toContain('role="alert"');
  expect(html).toContain('<button');
  expect(html).not.toContain('Voir la suite');
});

test('there is a button as long as there is a next page', async () => {
  expect(await below({})).toContain('Voir la suite');
  expect(await below({ hasNextPage: false })).toBe('');
});
