import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';
import { operationChanged } from './operationChanged';

export type Run = components['schemas']['RunOut'];
export type RunDetail = components['schemas']['RunDetailOut'];
export type RunDocument = components['schemas']['RunDocumentOut'];
export type Preflight = components['schemas']['PreflightOut'];
export type BlockerCode = components['schemas']['BlockerCode'];

const SOON_MS = 1500;

/** The billing runs of an operation, the newest first. */
export function runsQuery(operation_id: string) {
  return queryOptions({
    queryKey: ['runs', operation_id],
    queryFn: () =>
      unwrap(api.GET('/billing/runs', { params: { query: { operation_id, limit: 100 } } })),
    staleTime: 30_000,
  });
}

/** A run with its documents; looked at again as long as a worker is at it. */
export function runQuery(run_id: string) {
  return queryOptions({
    queryKey: ['run', run_id],
    queryFn: async ({ client, queryKey }) => {
      const before = client.getQueryData<RunDetail>(queryKey);
      const run = await unwrap(api.GET('/billing/runs/{run_id}', { params: { path: { run_id } } }));
      // The worker is done, be it before it was seen at it: lists of before know nothing of it.
      if (before && before.state !== run.state && !isUnderWay(run)) {
        void operationChanged(client, run.operation_id);
      }
      return run;
    },
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? SOON_MS : false),
  });
}

export function isUnderWay({ state }: Pick<Run, 'state'>): boolean {
  return state === 'waiting' || state === 'issuing';
}

/** What is over by itself within seconds of a closing: billing has to hear of it first. */
const ARRIVING = ['settlement-missing', 'settlement-incomplete', 'operation-unknown'];

/** Whether a month that is closed is on its way to billing. */
export function isArriving({ blockers }: Preflight): boolean {
  return blockers.some(({ code }) => ARRIVING.includes(String(code)));
}

/** What a run of a closed month would make now, or what blocks it. */
export function preflightQuery(operation_id: string, month: string) {
  return queryOptions({
    queryKey: ['preflight', operation_id, month],
    queryFn: () =>
      unwrap(
        api.GET('/billing/operations/{operation_id}/preflight', {
          params: { path: { operation_id }, query: { period: month } },
        }),
      ),
    refetchInterval: ({ state }) => (state.data && isArriving(state.data) ? SOON_MS : false),
  });
}

/** The documents of a month, drafts and issued ones. */
export function documentsQuery(operation_id: string, month: string) {
  return queryOptions({
    queryKey: ['invoices of month', operation_id, month],
    queryFn: () =>
      unwrap(
        api.GET('/billing/invoice-summaries', {
          params: { query: { operation_id, month, limit: 1000 } },
        }),
      ),
    staleTime: 30_000,
  });
}

/** Have the drafts of a month made. Throws Problem. */
export function startRun(operation_id: string, month: string): Promise<Run> {
  return unwrap(api.POST('/billing/runs', { body: { operation_id, period: month } }));
}

/** Have drafts made again that are not issued. Throws Problem. */
export function runAgain(run_id: string): Promise<Run> {
  return unwrap(api.POST('/billing/runs/{run_id}/again', { params: { path: { run_id } } }));
}

/** Number and freeze all documents of a run, as of a day. Throws Problem. */
export function issueRun(run_id: string, issue_date: string): Promise<Run> {
  return unwrap(
    api.POST('/billing/runs/{run_id}/issue', {
      params: { path: { run_id } },
      body: { issue_date },
    }),
  );
}

/** Mail what was issued and never sent; how many documents that is. Throws Problem. */
export async function mailRun(run_id: string): Promise<number> {
  const { asked } = await unwrap(
    api.POST('/billing/runs/{run_id}/mailings', { params: { path: { run_id } } }),
  );
  return asked;
}
