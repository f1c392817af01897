import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { comparisonWords } from '../../messages/comparison';
import type { OwnParticipation } from '../../queries/me';
import { monthsQuery } from '../../queries/months';
import { COMPARED, monthsToCompare } from '../../words/comparison';
import { useWords } from '../../words/language';

interface ComparedLinkProps {
  point: OwnParticipation;
  number: number;
  month: string;
}

/** The way to why the month cost more or less than the one before; none where there is none. */
export function ComparedLink({ point, number, month }: ComparedLinkProps) {
  const words = useWords(comparisonWords);
  const { data: months = [] } = useQuery(monthsQuery(point.operation_id, point.prm));
  if (!monthsToCompare(months, month)) return null;
  return (
    <Link to="/month/$month" params={{ month }} search={{ point: number }} hash={COMPARED}>
      {words.ask}
    </Link>
  );
}
