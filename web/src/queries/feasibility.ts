import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';
import type { Place } from '../words/places';

export type Lack = components['schemas']['Lack'];
export type Breach = components['schemas']['BreachOut'];
export type Feasibility = components['schemas']['FeasibilityOut'];

/** Whether the points that take part today may share, and how far apart they are. */
export function feasibilityQuery(operation_id: string) {
  return queryOptions({
    queryKey: ['feasibility', operation_id],
    queryFn: () =>
      unwrap(
        api.GET('/community/operations/{operation_id}/feasibility', {
          params: { path: { operation_id } },
        }),
      ),
    staleTime: 60_000,
  });
}

/** A point of today's perimeter that has a place. */
export interface PlacedPoint {
  prm: string;
  place: Place;
  isPlant: boolean;
}

/** Where the points that take part today are, as far as that is recorded. */
export function placedPointsQuery(operation_id: string) {
  return queryOptions({
    queryKey: ['placed points', operation_id],
    queryFn: async () => {
      const { features } = await unwrap(
        api.GET('/community/operations/{operation_id}/perimeter.geojson', {
          params: { path: { operation_id } },
        }),
      );
      return features.flatMap(({ geometry, properties }): PlacedPoint[] => {
        if (geometry.type !== 'Point' || properties.kind !== 'point') return [];
        const [longitude_deg = 0, latitude_deg = 0] = geometry.coordinates;
        const isPlant = (properties.directions as string[]).includes('production');
        return [{ prm: String(properties.prm), place: { latitude_deg, longitude_deg }, isPlant }];
      });
    },
    staleTime: 60_000,
  });
}
