import { paperWords } from '../../../../messages/running/togetherDocuments';
import type { Paper } from '../../../../queries/documentDesk';
import { useWords } from '../../../../words/language';
import { useNames } from '../../names';

/** Whose papers are: the operation's, or a member's; who has no point yet is not known here by name. */
export function useOwners(operation: string): (paper: Paper) => string {
  const words = useWords(paperWords);
  const names = useNames(operation);
  return ({ member_id }) => {
    if (!member_id) return words.ofOperation;
    return names.memberOrNobody(member_id) ?? words.ofNewcomer;
  };
}
