import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { Problem } from '../api/problem';
import type { components } from '../api/schema/ingest';
import { accessToken } from '../session';

export type Delivery = components['schemas']['DeliveryOut'];
export type DeliveryStatus = Delivery['status'];

const PAGE = 50;
const ASKED_AGAIN_MS = 1_500;

/** Files that came, the newest first; asked for again as long as one of them waits to be read. */
export function deliveriesQuery(status: DeliveryStatus | undefined) {
  return infiniteQueryOptions({
    queryKey: ['deliveries', 'list', status],
    queryFn: ({ pageParam: before }) =>
      unwrap(
        api.GET('/ingest/deliveries', {
          params: {
            query: {
              limit: PAGE,
              ...(before ? { before } : {}),
              ...(status ? { status } : {}),
            },
          },
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (page) => (page.length < PAGE ? undefined : page.at(-1)?.number),
    refetchInterval: ({ state: { data } }) =>
      data?.pages.flat().some(isWaiting) ? ASKED_AGAIN_MS : false,
  });
}

/** A file that came; asked for again until it was read. */
export function deliveryQuery(delivery_id: string) {
  return queryOptions({
    queryKey: ['deliveries', 'one', delivery_id],
    queryFn: async ({ client, queryKey }) => {
      const before = client.getQueryData<Delivery>(queryKey);
      const delivery = await unwrap(
        api.GET('/ingest/deliveries/{delivery_id}', { params: { path: { delivery_id } } }),
      );
      if (before && isWaiting(before) && !isWaiting(delivery)) void readingsCame(client);
      return delivery;
    },
    refetchInterval: ({ state: { data } }) => (data && isWaiting(data) ? ASKED_AGAIN_MS : false),
  });
}

/** What readings change, in whichever operation they are of. */
const OF_READINGS: readonly unknown[] = [
  'completeness',
  'late readings',
  'days',
  'summary',
  'operation months',
  'same month',
  'months after',
  'set-up',
  'alerts',
];

function readingsCame(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries({
    predicate: ({ queryKey }) => OF_READINGS.includes(queryKey[0]),
  });
}

function isWaiting({ status }: Delivery): boolean {
  return status === 'received';
}

/**
 * Send a file, and report how much of it is sent, from 0 to 1: `fetch` does not report that.
 * Throws Problem.
 */
export async function sendFile(file: File, onSent: (part: number) => void): Promise<Delivery> {
  const token = await accessToken();
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onSent(loaded / total);
    request.onerror = () => reject(new TypeError('The platform does not answer.'));
    request.onload = () => {
      if (request.status < 300) resolve(request.response);
      else reject(new Problem(request.response ?? {}, responseOf(request)));
    };
    request.open('POST', '/ingest/deliveries');
    if (token) request.setRequestHeader('authorization', `Bearer ${token}`);
    const form = new FormData();
    form.append('file', file);
    request.send(form);
  });
}

function responseOf(request: XMLHttpRequest): Response {
  const requestId = request.getResponseHeader('x-request-id');
  const headers = requestId ? { 'x-request-id': requestId } : {};
  return new Response(null, { status: request.status, headers });
}
