import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';
import { allPages, type Page } from './allPages';

export type Submission = components['schemas']['SubmissionOut'];
export type SubmissionState = components['schemas']['SubmissionState'];

/** In these, nothing goes on by itself: a person looks. */
export const UNDELIVERED: readonly SubmissionState[] = ['refused', 'rejected', 'unsure', 'failed'];
const MOST = 1000;

/** What was sent to platforms for a seller, or is to be. */
export function submissionsQuery(issuer_id: string) {
  return queryOptions({
    queryKey: ['payments', 'submissions', issuer_id],
    queryFn: () =>
      allPages(
        MOST,
        (page) => ask(issuer_id, undefined, page),
        ({ id }) => id,
      ),
    staleTime: 30_000,
  });
}

/** What has not arrived. Throws Problem. */
export async function undelivered(issuer_id: string): Promise<Submission[]> {
  const lists = await Promise.all(
    UNDELIVERED.map((state) =>
      allPages(
        MOST,
        (page) => ask(issuer_id, state, page),
        ({ id }) => id,
      ),
    ),
  );
  return lists.flat();
}

function ask(
  issuer_id: string,
  status: SubmissionState | undefined,
  page: Page,
): Promise<Submission[]> {
  return unwrap(
    api.GET('/billing/issuers/{issuer_id}/submissions', {
      params: { path: { issuer_id }, query: { ...(status ? { status } : {}), ...page } },
    }),
  );
}

/** Send a document that was not sent, or did not arrive. Throws Problem. */
export function submitAgain(invoice_id: string): Promise<Submission> {
  return unwrap(
    api.POST('/billing/invoices/{invoice_id}/submissions', { params: { path: { invoice_id } } }),
  );
}
