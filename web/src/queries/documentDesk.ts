import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';
import { allPages } from './allPages';
import type { OwnDocument as Paper } from './documents';

export type DocumentIn = components['schemas']['DocumentIn'];
export type Signature = components['schemas']['SignatureBody'];
export type { Paper };

const MOST = 1000;
const DOCUMENT = '/community/operations/{operation_id}/documents/{document_id}';

/** All papers of an operation, whosever they are. */
export function papersQuery(operation_id: string) {
  return queryOptions({
    queryKey: ['papers', operation_id],
    queryFn: () =>
      allPages(
        MOST,
        (query) =>
          unwrap(
            api.GET('/community/operations/{operation_id}/documents', {
              params: { path: { operation_id }, query },
            }),
          ),
        ({ id }) => id,
      ),
    staleTime: 30_000,
  });
}

export function paperQuery(operation_id: string, document_id: string) {
  return queryOptions({
    queryKey: ['paper', operation_id, document_id],
    queryFn: () => unwrap(api.GET(DOCUMENT, { params: { path: { operation_id, document_id } } })),
    staleTime: 30_000,
  });
}

/** Throws Problem, as all of these do. */
export function recordPaper(operation_id: string, document_id: string, body: DocumentIn) {
  return unwrap(api.PUT(DOCUMENT, { params: { path: { operation_id, document_id } }, body }));
}

/** Keep a file as the next version of a paper. */
export function addVersion(paper: Paper, file: File): Promise<Paper> {
  return unwrap(
    api.POST(`${DOCUMENT}/versions`, {
      ...pathOf(paper),
      // As it is: the schema says a string, which a file is not.
      body: file as unknown as string,
      bodySerializer: (bytes) => bytes,
      headers: { 'Content-Type': 'application/octet-stream' },
    }),
  );
}

/** What became of the last version: it was sent, signed or declined. */
export function recordSignature(paper: Paper, body: Signature): Promise<Paper> {
  return unwrap(api.POST(`${DOCUMENT}/signatures`, { ...pathOf(paper), body }));
}

function pathOf({ operation_id, id }: Paper) {
  return { params: { path: { operation_id, document_id: id } } };
}
