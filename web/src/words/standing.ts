import type { Perimeter } from '../queries/perimeters';
import { monthLater } from './dates';

type Participations = Pick<Perimeter, 'participations'>;

/** Points that consume on a day or will, each once. */
export function consumersOf(perimeter: Participations, day: string): string[] {
  return standing(perimeter, 'consumption', day);
}

/** Points that consume on some day of a month, each once. */
export function consumersDuring(perimeter: Participations, month: string): string[] {
  const end = `${monthLater(month, 1)}-01`;
  const begun = perimeter.participations.filter(({ valid_from }) => valid_from < end);
  return standing({ participations: begun }, 'consumption', `${month}-01`);
}

/** Points that produce on a day or will, each once: plants stand there before their first day. */
export function plantsOf(perimeter: Participations, day: string): string[] {
  return standing(perimeter, 'production', day);
}

function standing(
  { participations }: Participations,
  side: Perimeter['participations'][number]['direction'],
  day: string,
): string[] {
  const stays = participations.filter(
    ({ direction, valid_to }) => direction === side && (valid_to === null || valid_to > day),
  );
  return [...new Set(stays.map(({ prm }) => prm))];
}
