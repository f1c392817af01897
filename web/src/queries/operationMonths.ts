import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components as Allocation } from '../api/schema/allocation';
import type { components as Billing } from '../api/schema/billing';
import type { components as Ingest } from '../api/schema/ingest';
import { allPages, type Page } from './allPages';

/** How far a month of an operation has come, in five parts. */
export type OperationMonth = Ingest['schemas']['DataMonthOut'] &
  Allocation['schemas']['SharesMonthOut'] &
  Billing['schemas']['BillsMonthOut'];

/** An operation's months, in order of time. */
interface OperationMonths<Month> {
  operation_id: string;
  months: Month[];
}

const SOON_MS = 2000;

/** More than that, and the platform asks for one page after another. */
const MOST = 100;

/** So many months of one operation, up to the one that is named. */
export function operationMonthsQuery(operation_id: string, last_month: string, count: number) {
  const params = { query: { operation_id, last_month, count } };
  return queryOptions({
    queryKey: ['operation months', operation_id, last_month, count],
    queryFn: async (): Promise<OperationMonth[]> => {
      const [[data], [shares], [bills]] = await Promise.all([
        unwrap(api.GET('/ingest/months', { params })),
        unwrap(api.GET('/allocation/months', { params })),
        unwrap(api.GET('/billing/months', { params })),
      ]);
      return joined(data?.months, shares?.months, bills?.months);
    },
    staleTime: 30_000,
    // A worker is at it.
    refetchInterval: ({ state }) => (state.data?.some(isMoving) ? SOON_MS : false),
  });
}

/** The same month of all operations that one runs, by operation. */
export function sameMonthQuery(month: string) {
  const of = { last_month: month, count: 1 };
  return queryOptions({
    queryKey: ['same month', month],
    queryFn: async (): Promise<Map<string, OperationMonth>> => {
      const [data, shares, bills] = await Promise.all([
        byOperation((page) =>
          unwrap(api.GET('/ingest/months', { params: { query: { ...of, ...page } } })),
        ),
        byOperation((page) =>
          unwrap(api.GET('/allocation/months', { params: { query: { ...of, ...page } } })),
        ),
        byOperation((page) =>
          unwrap(api.GET('/billing/months', { params: { query: { ...of, ...page } } })),
        ),
      ]);
      const months = new Map<string, OperationMonth>();
      for (const [operation, ofData] of data) {
        const [month] = joined(ofData, shares.get(operation), bills.get(operation));
        if (month) months.set(operation, month);
      }
      return months;
    },
    staleTime: 30_000,
  });
}

/** Of so many operations one asks at once. */
export const OPERATIONS_AT_ONCE = 50;

/** So many months of operations that come after one by their ids; undefined: of the first ones. */
export function monthsAfterQuery(after: string | undefined, last_month: string, count: number) {
  const page = { limit: OPERATIONS_AT_ONCE, ...(after ? { after } : {}) };
  const params = { query: { last_month, count, ...page } };
  return queryOptions({
    queryKey: ['months after', after, last_month, count],
    queryFn: async (): Promise<Map<string, OperationMonth[]>> => {
      const [data, shares, bills] = await Promise.all([
        unwrap(api.GET('/ingest/months', { params })).then(mapped),
        unwrap(api.GET('/allocation/months', { params })).then(mapped),
        unwrap(api.GET('/billing/months', { params })).then(mapped),
      ]);
      return new Map(
        [...data].map(([operation, months]) => [
          operation,
          joined(months, shares.get(operation), bills.get(operation)),
        ]),
      );
    },
    staleTime: 30_000,
  });
}

function isMoving({ shares, settlement, bills }: OperationMonth): boolean {
  const isBilling = bills.run_state === 'waiting' || bills.run_state === 'issuing';
  return isBilling || settlement.state === 'partial' || Boolean(shares.statuses.waiting);
}

/** Months that all three services list: one that is younger elsewhere is listed in a moment. */
function joined(
  data: readonly Ingest['schemas']['DataMonthOut'][] = [],
  shares: readonly Allocation['schemas']['SharesMonthOut'][] = [],
  bills: readonly Billing['schemas']['BillsMonthOut'][] = [],
): OperationMonth[] {
  return data.flatMap((ofData) => {
    const ofShares = shares.find(({ month }) => month === ofData.month);
    const ofBills = bills.find(({ month }) => month === ofData.month);
    return ofShares && ofBills ? [{ ...ofData, ...ofShares, ...ofBills }] : [];
  });
}

/** All that is asked of a list of operations, by operation. */
async function byOperation<Month>(
  ask: (page: Page) => Promise<OperationMonths<Month>[]>,
): Promise<Map<string, Month[]>> {
  return mapped(await allPages(MOST, ask, ({ operation_id }) => operation_id));
}

function mapped<Month>(operations: readonly OperationMonths<Month>[]): Map<string, Month[]> {
  return new Map(operations.map(({ operation_id, months }) => [operation_id, months]));
}
