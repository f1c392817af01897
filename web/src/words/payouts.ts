import type { OwedOut } from '../queries/payouts';

/** Whether two lists owe the same to the same, in whichever order. */
export function isSameOwed(one: readonly OwedOut[], other: readonly OwedOut[]): boolean {
  const cents = new Map(one.map((owed) => [owed.payee, owed.cents]));
  return one.length === other.length && other.every((owed) => cents.get(owed.payee) === owed.cents);
}
