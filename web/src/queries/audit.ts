import { infiniteQueryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';
import { SERVICES, type Service } from './services';

type ChangeOut = components['schemas']['ChangeOut'];

/** A change that somebody, or a service, made. */
export interface Change extends ChangeOut {
  service: Service;
}

/** Which changes one looks at. */
export interface AuditFilter {
  service?: Service | undefined;
  /** Of a token: an account's id. */
  subject?: string | undefined;
  /** A table. */
  entity?: string | undefined;
  entity_id?: string | undefined;
  request_id?: string | undefined;
}

/** Of each service. */
const LINES_AT_ONCE = 25;

type Query = { limit: number; before?: number } & {
  [Name in keyof Omit<AuditFilter, 'service'>]?: string;
};

const ASK: Record<Service, (query: Query) => Promise<ChangeOut[]>> = {
  community: (query) => unwrap(api.GET('/community/audit', { params: { query } })),
  ingest: (query) => unwrap(api.GET('/ingest/audit', { params: { query } })),
  allocation: (query) => unwrap(api.GET('/allocation/audit', { params: { query } })),
  billing: (query) => unwrap(api.GET('/billing/audit', { params: { query } })),
};

/** A page of each log; `oldest`: of those that go on, where the next page begins. */
interface AuditPage {
  changes: Change[];
  oldest: Partial<Record<Service, { position: number; at: string }>>;
}

/** Who changed what in all services, or in one, the newest first. */
export function auditQuery(filter: AuditFilter) {
  const { service: only, ...rest } = filter;
  const what = Object.fromEntries(Object.entries(rest).filter(([, value]) => value));
  const services = only ? [only] : SERVICES;
  return infiniteQueryOptions({
    queryKey: ['audit', only, what],
    initialPageParam: {} as AuditPage['oldest'],
    queryFn: async ({ pageParam }): Promise<AuditPage> => {
      const isFirst = Object.keys(pageParam).length === 0;
      const asked = services.filter((service) => isFirst || service in pageParam);
      const logs = await Promise.all(
        asked.map(async (service) => {
          const before = pageParam[service]?.position;
          const query = { ...what, limit: LINES_AT_ONCE, ...(before ? { before } : {}) };
          const changes = await ASK[service](query);
          return { service, changes };
        }),
      );
      return {
        changes: logs.flatMap(({ service, changes }) =>
          changes.map((change) => ({ ...change, service })),
        ),
        oldest: Object.fromEntries(
          logs.flatMap(({ service, changes }) => {
            const last = changes.at(-1);
            const goesOn = last && changes.length === LINES_AT_ONCE;
            return goesOn ? [[service, { position: last.position, at: last.at }]] : [];
          }),
        ),
      };
    },
    getNextPageParam: ({ oldest }) => (Object.keys(oldest).length > 0 ? oldest : undefined),
    staleTime: 10_000,
  });
}

/** By time, the newest first; what may still get company from a page to come is left out. */
export function mergedChanges(pages: readonly AuditPage[]): Change[] {
  const horizon = Object.values(pages.at(-1)?.oldest ?? {})
    .map(({ at }) => at)
    .sort()
    .at(-1);
  return pages
    .flatMap(({ changes }) => changes)
    .filter(({ at }) => horizon === undefined || at >= horizon)
    .sort((one, other) => (one.at < other.at ? 1 : -1));
}
