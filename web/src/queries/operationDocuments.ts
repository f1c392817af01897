import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';
import { allPages } from './allPages';
import type { OwnDocument } from './documents';

export type DocumentBody = components['schemas']['DocumentIn'];
export type DocumentKind = components['schemas']['DocumentKind'];
export type Signature = components['schemas']['SignatureBody'];

const MOST = 1000;
const PATH = '/community/operations/{operation_id}/documents';

/** All papers of an operation, with their versions and what became of them. */
export function operationDocumentsQuery(operation_id: string) {
  return queryOptions({
    queryKey: ['operation documents', operation_id],
    queryFn: () =>
      allPages(
        MOST,
        (query) => unwrap(api.GET(PATH, { params: { path: { operation_id }, query } })),
        ({ id }) => id,
      ),
    staleTime: 30_000,
  });
}

/** Throws Problem. */
export function recordDocument(
  operation_id: string,
  document_id: string,
  body: DocumentBody,
): Promise<OwnDocument> {
  const path = { operation_id, document_id };
  return unwrap(api.PUT(`${PATH}/{document_id}`, { params: { path }, body }));
}

/** Keep a file as the next version of a document. Throws Problem. */
export async function addVersion(
  operation_id: string,
  document_id: string,
  file: Blob,
): Promise<OwnDocument> {
  const path = { operation_id, document_id };
  return unwrap(
    api.POST(`${PATH}/{document_id}/versions`, {
      params: { path },
      // As it is: the schema says a string, which a file is not.
      body: file as unknown as string,
      bodySerializer: (content) => content,
      headers: { 'Content-Type': 'application/octet-stream' },
    }),
  );
}

/** What became of a version: sent, signed or declined. Throws Problem. */
export function recordSignature(
  { operation_id, id }: OwnDocument,
  body: Signature,
): Promise<OwnDocument> {
  const path = { operation_id, document_id: id };
  return unwrap(api.POST(`${PATH}/{document_id}/signatures`, { params: { path }, body }));
}
