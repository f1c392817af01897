import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';

export type Gathering = components['schemas']['GatheringOut'];
export type Reply = components['schemas']['ReplyIn'];
export type Material = components['schemas']['MaterialOut'];
export type Minutes = components['schemas']['MinutesOut'];

const GATHERING = '/community/gatherings/{gathering_id}';

/** The latest first. */
export const gatheringsQuery = queryOptions({
  queryKey: ['gatherings'],
  queryFn: () => unwrap(api.GET('/community/gatherings')),
  staleTime: 60_000,
});

export function gatheringQuery(id: string) {
  return queryOptions({
    queryKey: ['gatherings', id],
    queryFn: () => unwrap(api.GET(GATHERING, pathOf(id))),
    staleTime: 60_000,
  });
}

/** Who comes, of those who let their name be shown, and oneself. */
export function repliesQuery(id: string) {
  return queryOptions({
    queryKey: ['gatherings', id, 'replies'],
    queryFn: () => unwrap(api.GET(`${GATHERING}/replies`, pathOf(id))),
    staleTime: 60_000,
  });
}

export function materialsQuery(id: string) {
  return queryOptions({
    queryKey: ['gatherings', id, 'materials'],
    queryFn: () => unwrap(api.GET(`${GATHERING}/materials`, pathOf(id))),
    staleTime: 60_000,
  });
}

export function minutesQuery(id: string) {
  return queryOptions({
    queryKey: ['gatherings', id, 'minutes'],
    queryFn: () => unwrap(api.GET(`${GATHERING}/minutes`, pathOf(id))),
    staleTime: 60_000,
  });
}

export function reply(gatheringId: string, memberId: string, body: Reply) {
  const path = { gathering_id: gatheringId, member_id: memberId };
  return unwrap(api.PUT(`${GATHERING}/replies/{member_id}`, { params: { path }, body }));
}

export function readMaterial(gatheringId: string, materialId: string): Promise<Blob> {
  const path = { gathering_id: gatheringId, material_id: materialId };
  return unwrap(
    api.GET(`${GATHERING}/materials/{material_id}/file`, { params: { path }, parseAs: 'blob' }),
  ) as Promise<Blob>;
}

/** Those that are still to come, or not over yet; the next one first. */
export function comingOf(gatherings: readonly Gathering[]): Gathering[] {
  return gatherings
    .filter(({ state, ends_at }) => state === 'announced' || isToCome(state, ends_at))
    .sort((one, other) => Date.parse(one.starts_at) - Date.parse(other.starts_at));
}

/** One that was called off is told until it would have been over. */
function isToCome(state: Gathering['state'], endsAt: string): boolean {
  return state === 'cancelled' && Date.parse(endsAt) > Date.now();
}

function pathOf(gathering_id: string) {
  return { params: { path: { gathering_id } } };
}
