import type { PayeeAccount } from '../queries/payouts';

/** Whether two previews pay the same to the same, in whichever order. */
export function isSamePaid(one: readonly PayeeAccount[], other: readonly PayeeAccount[]): boolean {
  const [paid, now] = [one, other].map(paidOf);
  return (
    paid?.size === now?.size && [...(paid ?? [])].every(([id, cents]) => now?.get(id) === cents)
  );
}

function paidOf(accounts: readonly PayeeAccount[]): Map<string, number> {
  const paid = accounts.filter(({ payable_cents }) => payable_cents > 0);
  return new Map(paid.map(({ payee_id, payable_cents }) => [payee_id, payable_cents]));
}

/** The sums that lead from what was left before to what is paid now; nothing of 0 but the last. */
export function stepsOf(account: PayeeAccount) {
  const steps = [
    { word: 'before', cents: account.before_cents },
    { word: 'collected', cents: account.collected_cents },
    { word: 'returned', cents: -account.returned_cents },
    { word: 'refunded', cents: -account.refunded_cents },
    { word: 'earlierTransfers', cents: account.earlier_transfers_cents },
    { word: 'credits', cents: -account.credits_cents },
    { word: 'reserve', cents: -account.reserve_cents },
  ] as const;
  return steps.filter(({ cents }) => cents !== 0);
}

/** Whether there is anything to say of a payee. */
export function isMoving(account: PayeeAccount): boolean {
  return account.owed_cents !== 0 || stepsOf(account).length > 0;
}
