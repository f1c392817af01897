import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { operationChanged } from '../../src/queries/operationChanged';

test('what changes in an operation is asked anew of it and of its sellers, of no other one', async () => {
  const queries = new QueryClient();
  const keys = [
    ['runs', 'ACC1'],
    ['invoices of month', 'ACC1', '2026-10'],
    ['payments', 'open items', 'seller'],
    ['payments', 'tasks', 'ACC1'],
    ['deadlines'],
    ['runs', 'ACC2'],
    ['documents', 'ACC2'],
  ];
  for (const queryKey of keys) queries.setQueryData(queryKey, []);
  await operationChanged(queries, 'ACC1');
  const isAsked = keys.map((queryKey) => queries.getQueryState(queryKey)?.isInvalidated);
  expect(isAsked).toEqual([true, true, true, true, true, false, false]);
});
