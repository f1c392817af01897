import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';
import { allPages } from './allPages';
import { type Gathering, gatheringQuery, type Material, type Minutes } from './gatherings';

export type GatheringIn = components['schemas']['GatheringIn'];
export type RuleIn = components['schemas']['RuleIn'];
export type MinutesIn = components['schemas']['MinutesIn'];
export type Attendance = components['schemas']['AttendanceOut'];
export type FullReply = components['schemas']['ReplyOut'];

const MOST = 1000;
const MOST_GATHERINGS = 500;
const GATHERING = '/community/gatherings/{gathering_id}';

/** All of an operation, drafts too; the latest first. */
export function operationGatheringsQuery(operation_id: string) {
  return queryOptions({
    queryKey: ['gatherings', 'of', operation_id],
    queryFn: () =>
      allPages(
        MOST_GATHERINGS,
        (page) =>
          unwrap(
            api.GET('/community/gatherings', { params: { query: { operation_id, ...page } } }),
          ),
        ({ id }) => id,
      ),
    staleTime: 60_000,
  });
}

/** Who was there. */
export function attendanceQuery(id: string) {
  return queryOptions({
    queryKey: ['gatherings', id, 'attendance'],
    queryFn: () =>
      allPages(
        MOST,
        (query) =>
          unwrap(
            api.GET(`${GATHERING}/attendance`, { params: { path: { gathering_id: id }, query } }),
          ),
        ({ member_id }) => member_id,
      ),
    staleTime: 10_000,
  });
}

/** What all have answered; who runs the operation sees all of it. */
export function allRepliesQuery(id: string) {
  return queryOptions({
    queryKey: ['gatherings', id, 'all replies'],
    queryFn: () =>
      allPages(
        MOST,
        (query) =>
          unwrap(
            api.GET(`${GATHERING}/replies`, { params: { path: { gathering_id: id }, query } }),
          ),
        ({ member_id }) => member_id,
      ),
    staleTime: 10_000,
  });
}

/** Throws Problem, as all of these do. */
export function recordGathering(id: string, body: GatheringIn): Promise<Gathering> {
  return unwrap(api.PUT(GATHERING, { ...pathOf(id), body }));
}

export function deleteGathering(id: string) {
  return unwrap(api.DELETE(GATHERING, pathOf(id)));
}

export function announceGathering(id: string): Promise<Gathering> {
  return unwrap(api.POST(`${GATHERING}/announcement`, pathOf(id)));
}

export function callOffGathering(id: string, reason: string): Promise<Gathering> {
  return unwrap(api.POST(`${GATHERING}/cancellation`, { ...pathOf(id), body: { reason } }));
}

/** The drafts that a rule makes, from a first one on. */
export function draftSeries(series_id: string, first: GatheringIn, rule: RuleIn) {
  return unwrap(
    api.PUT('/community/gathering-series/{series_id}', {
      params: { path: { series_id } },
      body: { first, rule },
    }),
  );
}

/** The drafts of it that are to come, in one message. */
export function announceSeries(series_id: string) {
  return unwrap(
    api.POST('/community/gathering-series/{series_id}/announcement', {
      params: { path: { series_id } },
    }),
  );
}

/** guests: who came with the member; null: the member was not there. */
export function noteAttendance(gathering_id: string, member_id: string, guests: number | null) {
  const params = { path: { gathering_id, member_id } };
  if (guests === null) return unwrap(api.DELETE(`${GATHERING}/attendance/{member_id}`, { params }));
  return unwrap(api.PUT(`${GATHERING}/attendance/{member_id}`, { params, body: { guests } }));
}

export function writeMinutes(id: string, version: number, body: MinutesIn): Promise<Minutes> {
  const path = { gathering_id: id, version };
  return unwrap(api.PUT(`${GATHERING}/minutes/{version}`, { params: { path }, body }));
}

export function publishMinutes(id: string, version: number): Promise<Minutes> {
  const path = { gathering_id: id, version };
  return unwrap(api.POST(`${GATHERING}/minutes/{version}/publication`, { params: { path } }));
}

/** A link, or a file under its title. */
export async function addMaterial(
  id: string,
  { title, url, file }: { title: string; url: string | null; file: File | null },
): Promise<void> {
  const path = { gathering_id: id, material_id: crypto.randomUUID() };
  const body = { title, url: file ? null : url };
  await unwrap(api.PUT(`${GATHERING}/materials/{material_id}`, { params: { path }, body }));
  if (!file) return;
  try {
    await unwrap(
      api.PUT(`${GATHERING}/materials/{material_id}/file`, {
        params: { path },
        body: file as unknown as string,
        bodySerializer: (bytes) => bytes,
        headers: { 'Content-Type': 'application/octet-stream' },
      }),
    );
  } catch (problem) {
    // A title without anything to read is of no use to anybody.
    await removeMaterial(id, path.material_id);
    throw problem;
  }
}

export function removeMaterial(id: string, material_id: Material['id']) {
  const path = { gathering_id: id, material_id };
  return unwrap(api.DELETE(`${GATHERING}/materials/{material_id}`, { params: { path } }));
}

/** As it is now; the lists that it is in are asked for again, and all about it. */
export function gatheringChanged(queries: QueryClient, gathering: Gathering): Promise<void> {
  queries.setQueryData(gatheringQuery(gathering.id).queryKey, gathering);
  return queries.invalidateQueries({ queryKey: ['gatherings'] });
}

function pathOf(gathering_id: string) {
  return { params: { path: { gathering_id } } };
}
