import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';
import { allPages } from './allPages';

type Schemas = components['schemas'];
export type Declaration = Schemas['DeclarationOut'];
export type DeclarationLine = Schemas['DeclarationLineOut'];
export type NextDeclaration = Schemas['NextDeclarationOut'];

const MOST = 1000;
const PATH = '/community/operations/{operation_id}/declarations';

/** What a declaration made today would tell the grid operator. */
export function nextDeclarationQuery(operation_id: string) {
  return queryOptions({
    queryKey: ['next declaration', operation_id],
    queryFn: () => unwrap(api.GET(`${PATH}/next`, { params: { path: { operation_id } } })),
    staleTime: 30_000,
  });
}

/** What the grid operator was told, the last one first. */
export function declarationsQuery(operation_id: string) {
  return queryOptions({
    queryKey: ['declarations', operation_id],
    queryFn: async () => {
      const declarations = await allPages(
        MOST,
        (query) => unwrap(api.GET(PATH, { params: { path: { operation_id }, query } })),
        ({ id }) => id,
      );
      return declarations.sort((one, other) => other.made_at.localeCompare(one.made_at));
    },
    staleTime: 30_000,
  });
}

/** Keep the file of all that can be declared, and take its steps. Throws Problem. */
export function declare(operation_id: string, declaration_id: string, day: string) {
  const path = { operation_id, declaration_id };
  return unwrap(api.PUT(`${PATH}/{declaration_id}`, { params: { path }, body: { day } }));
}

/** The file of a declaration. Throws Problem. */
export function loadDeclaration({ operation_id, id }: Declaration): Promise<Blob> {
  const path = { operation_id, declaration_id: id };
  return unwrap(
    api.GET(`${PATH}/{declaration_id}/file`, { params: { path }, parseAs: 'blob' }),
  ) as Promise<unknown> as Promise<Blob>;
}
