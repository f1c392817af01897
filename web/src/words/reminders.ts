import type { CustomerBalance, OpenItem } from '../queries/openItems';
import type { Schedule } from '../queries/reminders';
import { dayLater } from './dates';

/** Of who is only owed something: after all that owe. */
const NEVER = '9999-12-31';

/** The co-op's custom, where a seller has set none: docs/use/accounting.md. */
const USUAL_DAYS: readonly number[] = [7, 21, 45];

/**
 * From which day on an open invoice is reminded of next; null: never, as it is being debited, is
 * doubtful, owes nothing, or has had all its reminders.
 */
export function nextReminder(item: OpenItem, schedules: readonly Schedule[]): string | null {
  const { due_date, reminder_level, reminded_on, in_collection, open_cents } = item;
  if (in_collection || item.doubtful_cents !== 0 || open_cents <= 0) return null;
  const days = daysOf(due_date, schedules);
  const next = days[reminder_level];
  if (next === undefined) return null;
  const byDueDate = dayLater(due_date, next);
  if (reminded_on === null) return byDueDate;
  // As many days lie between two as the schedule says, even if the one before came late.
  const byLast = dayLater(reminded_on, next - (days[reminder_level - 1] ?? 0));
  if (byLast > byDueDate) return byLast;
  return byDueDate;
}

/** The invoices whose next reminder is due on a day. */
export function dueReminders(
  items: readonly OpenItem[],
  schedules: readonly Schedule[],
  today: string,
): OpenItem[] {
  return items.filter((item) => {
    const day = nextReminder(item, schedules);
    return day !== null && day <= today;
  });
}

/** Customers, and the invoices of each, those first whose money is expected for the longest. */
export function oldestFirst(balances: readonly CustomerBalance[]): CustomerBalance[] {
  const dueOf = ({ items }: CustomerBalance) =>
    items.find(({ open_cents }) => open_cents > 0)?.due_date ?? NEVER;
  return balances
    .map((balance) => ({
      ...balance,
      items: [...balance.items].sort((one, other) => one.due_date.localeCompare(other.due_date)),
    }))
    .sort((one, other) => dueOf(one).localeCompare(dueOf(other)));
}

/** Of the schedule in force for what falls due on a day. */
export function daysOf(dueDate: string, schedules: readonly Schedule[]): readonly number[] {
  const begun = schedules.filter(({ valid_from }) => valid_from <= dueDate);
  const [last] = begun.sort((one, other) => other.valid_from.localeCompare(one.valid_from));
  return last?.after_days ?? USUAL_DAYS;
}
