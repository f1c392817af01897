import type { Balance } from '../queries/books';
import { groupsBy } from './groups';
import { sum } from './numbers';

/** An account with the sums of all its parties, and those parties that are not settled. */
export interface AccountSum {
  account: string;
  label: string;
  debit: number;
  credit: number;
  balance: number;
  parties: Balance[];
}

/** Balances by account: forty customers are one line, and folded below it. */
export function byAccount(balances: readonly Balance[]): AccountSum[] {
  return [...groupsBy(balances, ({ account }) => account)].map(([account, ofAccount]) => ({
    account,
    label: ofAccount[0]?.account_label ?? '',
    debit: sum(ofAccount.map(({ debit_cents }) => debit_cents)),
    credit: sum(ofAccount.map(({ credit_cents }) => credit_cents)),
    balance: sum(ofAccount.map(({ balance_cents }) => balance_cents)),
    parties: ofAccount.filter(
      ({ party_id, balance_cents }) => party_id !== null && balance_cents !== 0,
    ),
  }));
}
