import type { Books } from '../queries/books';
import { monthAt } from './dates';

/** The fiscal year of an instant: it is named by the year in which it ends. */
export function yearOfBooks({ fiscal_year_end_month }: Books, instant: Date): number {
  const [year = 0, month = 1] = monthAt(instant).split('-').map(Number);
  return month > fiscal_year_end_month ? year + 1 : year;
}
