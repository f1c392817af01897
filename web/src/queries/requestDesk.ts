import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';

type Schemas = components['schemas'];
export type Stage = Schemas['Stage'];
export type RequestHead = Schemas['RequestHeadOut'];
export type StaffRequest = Schemas['RequestOut'];
export type StageFigures = Schemas['StageFiguresOut'];
export type Study = Schemas['StudyOut'];
export type SetUp = Schemas['SetUpIn'];
type StageBody = Schemas['StageIn'];
type FollowUp = Schemas['FollowUpIn'];

const PAGE = 50;
const REQUEST = '/community/requests/{request_id}';

/** Of which requests one wants the list. */
interface RequestFilter {
  stage?: Stage | undefined;
  /** An account of staff. */
  assignedTo?: string | undefined;
  isOverdue?: boolean | undefined;
}

/** Requests for operations, the latest first, a page after another. */
export function requestsQuery({ stage, assignedTo, isOverdue }: RequestFilter) {
  return infiniteQueryOptions({
    queryKey: ['request desk', 'list', stage, assignedTo, isOverdue],
    queryFn: ({ pageParam: after }) =>
      unwrap(
        api.GET('/community/requests', {
          params: {
            query: {
              limit: PAGE,
              ...(after ? { after } : {}),
              ...(stage ? { stage } : {}),
              ...(assignedTo ? { assigned_to: assignedTo } : {}),
              ...(isOverdue ? { overdue: true } : {}),
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => (page.length < PAGE ? undefined : page.at(-1)?.id),
    staleTime: 30_000,
  });
}

/** How many requests are at each stage. */
export const requestFiguresQuery = queryOptions({
  queryKey: ['request desk', 'figures'],
  queryFn: () => unwrap(api.GET('/community/request-figures')),
  staleTime: 30_000,
});

export function staffRequestQuery(request_id: string) {
  return queryOptions({
    queryKey: ['request desk', 'one', request_id],
    queryFn: () => unwrap(api.GET(REQUEST, { params: { path: { request_id } } })),
    staleTime: 30_000,
  });
}

/** What would be simulated for a request. */
export function studyQuery(request_id: string) {
  return queryOptions({
    queryKey: ['request desk', 'study', request_id],
    queryFn: () => unwrap(api.GET(`${REQUEST}/study`, { params: { path: { request_id } } })),
    staleTime: 60_000,
  });
}

/** Throws Problem. */
export function moveRequest(request_id: string, body: StageBody) {
  return unwrap(api.PUT(`${REQUEST}/stage`, { params: { path: { request_id } }, body }));
}

/** Throws Problem. */
export function followUp(request_id: string, body: FollowUp) {
  return unwrap(api.PUT(`${REQUEST}/follow-up`, { params: { path: { request_id } }, body }));
}

/** Throws Problem. */
export function addNote(request_id: string, text: string) {
  const path = { request_id, note_id: crypto.randomUUID() };
  return unwrap(api.PUT(`${REQUEST}/notes/{note_id}`, { params: { path }, body: { text } }));
}

/** Throws Problem. */
export function makeOperation(request_id: string, body: SetUp) {
  return unwrap(api.PUT(`${REQUEST}/operation`, { params: { path: { request_id } }, body }));
}

export const organisersQuery = queryOptions({
  queryKey: ['organisers'],
  queryFn: () => unwrap(api.GET('/community/organisers', { params: { query: { limit: 1000 } } })),
  staleTime: 60_000,
});
