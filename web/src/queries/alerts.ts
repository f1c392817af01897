import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { type Lack, lateReadings } from './completeness';
import { settlements } from './settlements';

/** Something that is wrong in an operation. */
export type Alert =
  | { kind: 'late'; month: string; points: number; since: string }
  | { kind: 'outdated'; month: string }
  | { kind: 'rejected' | 'overdue'; count: number };

/** What is wrong with these months, and with what is owed. */
export function alertsQuery(operation_id: string, months: readonly string[]) {
  return queryOptions({
    queryKey: ['alerts', operation_id, ...months],
    queryFn: async (): Promise<Alert[]> => {
      const ofMonths = await Promise.all(months.map((month) => alertsOf(operation_id, month)));
      return [...ofMonths.flat(), ...(await unpaidOf(operation_id))];
    },
    staleTime: 30_000,
  });
}

async function alertsOf(operation_id: string, month: string): Promise<Alert[]> {
  const [late, made] = await Promise.all([
    lateReadings(operation_id, month),
    settlements(operation_id, month),
  ]);
  return [
    ...lateOf(late.missing, month),
    ...(made.at(-1)?.outdated ? [{ kind: 'outdated' as const, month }] : []),
  ];
}

/** How many points wait, and since when the first of them does. */
export function lateOf(missing: readonly Lack[], month: string): Alert[] {
  const [since] = missing.map(({ from_day }) => from_day).sort();
  if (!since) return [];
  const points = new Set(missing.map(({ prm, direction }) => `${prm} ${direction}`)).size;
  return [{ kind: 'late', month, points, since }];
}

async function unpaidOf(operation_id: string): Promise<Alert[]> {
  const unpaid = await unwrap(
    api.GET('/billing/invoice-summaries', {
      params: { query: { operation_id, payment_state: ['rejected', 'overdue'], limit: 1000 } },
    }),
  );
  const countOf = (state: 'rejected' | 'overdue') =>
    unpaid.filter(({ payment }) => payment?.state === state).length;
  return (['rejected', 'overdue'] as const)
    .map((kind) => ({ kind, count: countOf(kind) }))
    .filter(({ count }) => count > 0);
}
