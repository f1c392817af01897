import { useQuery } from '@tanstack/react-query';
import { completenessQuery } from '../../../queries/completeness';
import { daysQuery } from '../../../queries/shares';
import { isHeardSoon } from '../../../words/gaps';
import type { OfMonth } from './Step';

const SOON_MS = 2000;
/** What the shares have not heard of readings by then, they will not hear of without a reason. */
const HEARD_WITHIN_MS = 60_000;

/** Which days have shares; asked for again as long as readings are on their way to them. */
export function useDays({ operation, month }: OfMonth) {
  const { data: known, dataUpdatedAt } = useQuery(completenessQuery(operation, month));
  return useQuery({
    ...daysQuery(operation, month),
    refetchInterval: ({ state: { data } }) => {
      if (!data) return false;
      const isFresh = Date.now() - dataUpdatedAt < HEARD_WITHIN_MS;
      const isOnItsWay = isFresh && known !== undefined && isHeardSoon(data.days, known.points);
      return data.pending || isOnItsWay ? SOON_MS : false;
    },
  });
}
