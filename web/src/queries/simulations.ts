import { queryOptions } from '@tanstack/react-query';
import { api, unwrap, unwrapOrNull } from '../api/client';
import type { components } from '../api/schema/allocation';

export type Simulation = components['schemas']['SimulationOut'];
export type SimulationHead = components['schemas']['SimulationHeadOut'];
export type SimulationIn = components['schemas']['SimulationIn'];
export type Outcome = components['schemas']['OutcomeOut'];

const ASKED_AGAIN_MS = 2_000;

/** A simulation, asked for again until it has ended; null: it was deleted. */
export function simulationQuery(simulation_id: string) {
  return queryOptions({
    queryKey: ['simulation', simulation_id],
    queryFn: () =>
      unwrapOrNull(
        api.GET('/allocation/simulations/{simulation_id}', { params: { path: { simulation_id } } }),
      ),
    refetchInterval: ({ state: { data } }) => (data && isUnderWay(data) ? ASKED_AGAIN_MS : false),
  });
}

/** Throws Problem. */
export function simulate(body: SimulationIn) {
  return unwrap(api.POST('/allocation/simulations', { body }));
}

export function isUnderWay({ state }: Pick<Simulation, 'state'>): boolean {
  return state === 'queued' || state === 'running';
}

/** Those of an operation, without their results, the newest first. */
export function simulationsQuery(operation_id: string) {
  return queryOptions({
    queryKey: ['simulations', operation_id],
    queryFn: () =>
      unwrap(api.GET('/allocation/simulations', { params: { query: { operation_id } } })),
    staleTime: 10_000,
  });
}

/** Stop one that is under way. Throws Problem. */
export function cancelSimulation(simulation_id: string) {
  return unwrap(
    api.POST('/allocation/simulations/{simulation_id}/cancellation', {
      params: { path: { simulation_id } },
    }),
  );
}

/** Each scenario and point, for spreadsheets. Throws Problem. */
export function loadResults(simulation_id: string): Promise<Blob> {
  return unwrap(
    api.GET('/allocation/simulations/{simulation_id}/results.csv', {
      params: { path: { simulation_id } },
      parseAs: 'blob',
    }),
  );
}
