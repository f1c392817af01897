import { monthName, shortMonthName } from '../words/dates';
import { useLanguage } from '../words/language';
import { useIsPhone } from './screen';

/** A month in a table; shortened on a phone, which has little room. */
export function MonthName({ month }: { month: string }) {
  const nameOf = useIsPhone() ? shortMonthName : monthName;
  return nameOf(month, useLanguage());
}
