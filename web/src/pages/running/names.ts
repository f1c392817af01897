import { useQuery } from '@tanstack/react-query';
import { membersQuery, perimeterQuery } from '../../queries/perimeters';
import { type Names, namesIn } from '../../words/pointNames';

/** How points and members of an operation are called; until that has come, by their numbers. */
export function useNames(operation: string): Names {
  const { data: perimeter } = useQuery(perimeterQuery(operation));
  const { data: members } = useQuery(membersQuery(operation));
  return namesIn(perimeter ?? { participations: [] }, members ?? []);
}
