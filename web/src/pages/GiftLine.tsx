import { useQuery } from '@tanstack/react-query';
import { monthWords } from '../messages/month';
import { giftsQuery } from '../queries/gifts';
import type { PointMonth } from '../queries/months';
import { isGift } from '../words/gifts';
import { useLanguage, useWords } from '../words/language';
import { kwh } from '../words/numbers';

/** That the local energy of a month is given; nothing where it is sold. */
export function GiftLine({ month: { month, operation_id, totals } }: { month: PointMonth }) {
  const words = useWords(monthWords);
  const language = useLanguage();
  const { data: periods = [] } = useQuery(giftsQuery(operation_id));
  return isGift(periods, month) && <p>{words.gift(kwh(totals.shared_wmin, language))}</p>;
}
