import { useQuery } from '@tanstack/react-query';
import { monthWords } from '../messages/month';
import { giftsQuery } from '../queries/gifts';
import type { PointMonth } from '../queries/months';
import { isGift } from '../words/gifts';
import { useWords } from '../words/language';

/** That local energy of a month is given; how much of it comes from others is in the statement. */
export function GiftLine({ month: { month, operation_id } }: { month: PointMonth }) {
  const words = useWords(monthWords);
  const { data: periods = [] } = useQuery(giftsQuery(operation_id));
  return isGift(periods, month) && <p>{words.gift}</p>;
}
