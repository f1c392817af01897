import type { Key } from '../queries/keys';
import type { SimulationIn } from '../queries/simulations';
import { decimalsIn, textIn } from './forms';
import { equalShares, periodOf, scenariosNamed } from './keyScenarios';

export const SEARCHES = ['none', 'energy', 'savings'] as const;
export type Searched = (typeof SEARCHES)[number];
export const FAIRNESSES = ['0', '0.5', '0.8'] as const;
export type Fairness = (typeof FAIRNESSES)[number];

interface Chosen {
  operation: string;
  /** Those that may be ticked, with what each is called. */
  keys: readonly { key: Key; name: string }[];
  /** Points that consume. */
  consumers: readonly string[];
  names: { today: string; byUse: string; equal: string };
  search: Searched;
  fairness: Fairness;
}

/** What is ticked and typed, as the platform takes it; readings that are missing count as nothing. */
export function simulationOf(form: FormData, chosen: Chosen): SimulationIn {
  const { operation, keys, consumers, names, search, fairness } = chosen;
  const scenarios: SimulationIn['scenarios'] = [{ name: names.today }];
  for (const { key, name } of keys) {
    if (form.has(`key ${key.id}`)) scenarios.push({ name, key: key.definition });
  }
  if (form.has('by_use')) scenarios.push({ name: names.byUse, key: { type: 'default_dynamic' } });
  if (form.has('equal')) scenarios.push({ name: names.equal, key: equalShares(consumers) });
  const price = (name: string) => decimalsIn(form, name)[0] ?? '0';
  return {
    operation_id: operation,
    title: textIn(form, 'title'),
    base: {
      of: 'readings',
      ...periodOf(String(form.get('from')), String(form.get('to'))),
      missing_readings: 'zero',
    },
    prices: {
      local_eur_per_kwh: price('local'),
      supplier_eur_per_kwh: price('supplier'),
      feed_in_eur_per_kwh: price('feed_in'),
    },
    scenarios: scenariosNamed(scenarios),
    search: search === 'none' ? null : { maximise: search, min_coverage_ratio: Number(fairness) },
  };
}
