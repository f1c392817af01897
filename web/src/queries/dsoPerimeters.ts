import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { slugOf } from '../api/problem';
import type { components } from '../api/schema/ingest';

export type DsoPerimeter = components['schemas']['DsoPerimeterOut'];
export type PointDifference = components['schemas']['PointDifferenceOut'];
export type Departure = components['schemas']['DepartureOut'];

/** The participants as the grid operator has them, beside ours; null: it has published none. */
export function dsoPerimeterQuery(operation_id: string) {
  const params = { path: { operation_id } };
  return queryOptions({
    queryKey: ['dso perimeter', operation_id],
    queryFn: async (): Promise<DsoPerimeter | null> => {
      try {
        return await unwrap(api.GET('/ingest/operations/{operation_id}/dso-perimeter', { params }));
      } catch (error) {
        if (slugOf(error as Error) === 'dso-perimeter-missing') return null;
        throw error;
      }
    },
    staleTime: 60_000,
  });
}

/** Points whose contract has ended: they leave although nobody asked for it. */
export function departuresQuery(operation_id: string) {
  const params = { path: { operation_id } };
  return queryOptions({
    queryKey: ['departures', operation_id],
    queryFn: () => unwrap(api.GET('/ingest/operations/{operation_id}/departures', { params })),
    staleTime: 60_000,
  });
}
