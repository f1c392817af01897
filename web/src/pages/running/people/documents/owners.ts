import { useQuery } from '@tanstack/react-query';
import { paperWords } from '../../../../messages/running/papers';
import type { Paper } from '../../../../queries/documentDesk';
import { enrolmentsQuery } from '../../../../queries/enrolments';
import { operationPointsQuery } from '../../../../queries/points';
import { useWords } from '../../../../words/language';
import { type Person, peopleOf } from '../../../../words/people';

/** Who may have papers: whoever takes part, took part or is to; undefined until that has come. */
export function usePeople(operation: string): Person[] | undefined {
  const { data: points } = useQuery(operationPointsQuery(operation));
  const { data: enrolments } = useQuery(enrolmentsQuery(operation));
  return points && enrolments && peopleOf(points, enrolments);
}

/** Whose papers are: the operation's, or a member's. */
export function useOwners(operation: string): (paper: Paper) => string {
  const words = useWords(paperWords);
  const names = new Map(usePeople(operation)?.map(({ id, name }) => [id, name]));
  return ({ member_id }) => {
    if (!member_id) return words.ofOperation;
    return names.get(member_id) ?? words.ofMember;
  };
}
