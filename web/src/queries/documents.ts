import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';

export type OwnDocument = components['schemas']['DocumentOut'];

/** One's own documents in operations: what is to be signed first, then the newest. */
export function documentsQuery(operationIds: string[]) {
  return queryOptions({
    queryKey: ['documents', ...operationIds],
    queryFn: async () => {
      const lists = await Promise.all(operationIds.map(listDocuments));
      return lists.flat().sort((one, other) => rankOf(other).localeCompare(rankOf(one)));
    },
  });
}

function rankOf({ state, valid_from }: OwnDocument): string {
  return `${state === 'sent'} ${valid_from}`;
}

function listDocuments(operation_id: string): Promise<OwnDocument[]> {
  return unwrap(
    api.GET('/community/operations/{operation_id}/documents', {
      params: { path: { operation_id }, query: { limit: 1000 } },
    }),
  );
}

/** The file of a version. Throws Problem. */
export function loadVersion(document: OwnDocument, number: number): Promise<Blob> {
  const path = { operation_id: document.operation_id, document_id: document.id, number };
  return unwrap(
    api.GET('/community/operations/{operation_id}/documents/{document_id}/versions/{number}', {
      params: { path },
      parseAs: 'blob',
    }),
  );
}

/** Sign the version that was read. Throws Problem. */
export function sign(document: OwnDocument, sha256: string): Promise<OwnDocument> {
  const path = { operation_id: document.operation_id, document_id: document.id };
  return unwrap(
    api.POST('/community/operations/{operation_id}/documents/{document_id}/signature', {
      params: { path },
      body: { sha256 },
    }),
  );
}
