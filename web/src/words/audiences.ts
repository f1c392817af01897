import type { Article } from '../queries/news';
import type { Perimeter } from '../queries/perimeters';

/** Members who take part on a day on the side meant, each once: those whom something is for. */
export function audienceOf(
  { participations }: Pick<Perimeter, 'participations'>,
  audience: Article['audience'],
  day: string,
): string[] {
  const members = participations
    .filter(({ valid_from, valid_to }) => valid_from <= day && (!valid_to || day < valid_to))
    .filter(({ direction }) => isMeant(direction, audience))
    .map(({ member_id }) => member_id);
  return [...new Set(members)];
}

function isMeant(direction: string, audience: Article['audience']): boolean {
  if (audience === 'everybody') return true;
  if (audience === 'organisers') return false;
  return direction === (audience === 'producers' ? 'production' : 'consumption');
}
