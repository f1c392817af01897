import { queryOptions } from '@tanstack/react-query';
import { api, unwrap, unwrapOrNull } from '../api/client';
import type { components } from '../api/schema/allocation';

type Simulation = components['schemas']['SimulationOut'];
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
export function simulate(body: components['schemas']['SimulationIn']) {
  return unwrap(api.POST('/allocation/simulations', { body }));
}

export function isUnderWay({ state }: Simulation): boolean {
  return state === 'queued' || state === 'running';
}
