import type { Estimation, Method } from '../queries/estimations';

const METHODS: readonly Method[] = ['interpolation', 'same_weekday', 'neighbours'];

/** Those that are allowed as they are tried, then the others. */
export function methodsInOrder(allowed: readonly Method[]): Method[] {
  return [...allowed, ...METHODS.filter((method) => !allowed.includes(method))];
}

/** Those that filled something of a month, and were not taken back. */
export function standingIn(month: string, estimations: readonly Estimation[]): Estimation[] {
  return estimations.filter(
    ({ from_day, to_day, steps_filled, withdrawn_at }) =>
      withdrawn_at === null &&
      steps_filled > 0 &&
      from_day.slice(0, 7) <= month &&
      month <= to_day.slice(0, 7),
  );
}
