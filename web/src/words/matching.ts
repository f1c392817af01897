import type { BankTransaction } from '../queries/bankTransactions';
import type { CustomerBalance, OpenItem } from '../queries/openItems';
import { sum } from './numbers';

/** An invoice that a movement on the account may be meant for. */
export interface Candidate extends OpenItem {
  customer_name: string;
  /** Why it may be: its number is in the words, the sum is its own, or the name its customer's. */
  reasons: Reason[];
}

export type Reason = 'number' | 'amount' | 'name';

const WEIGHTS: Record<Reason, number> = { number: 4, amount: 2, name: 1 };
/** Of, to, and what a company is, say nothing of who it is. */
const SHORTEST_NAME = 3;

/** Open invoices, those first that a movement is most likely meant for, then the oldest. */
export function candidatesFor(
  { amount_cents, remittance, party_name, reference }: BankTransaction,
  balances: readonly CustomerBalance[],
): Candidate[] {
  const said = plain(`${remittance ?? ''} ${reference}`).replaceAll(' ', '');
  const payer = wordsOf(`${party_name ?? ''} ${remittance ?? ''}`);
  return itemsOf(balances)
    .map((item) => {
      const reasons: Reason[] = [];
      if (said.includes(plain(item.number).replaceAll(' ', ''))) reasons.push('number');
      if (item.open_cents === amount_cents) reasons.push('amount');
      if (wordsOf(item.customer_name).some((word) => payer.includes(word))) reasons.push('name');
      return { ...item, reasons };
    })
    .sort(
      (one, other) => weightOf(other) - weightOf(one) || one.due_date.localeCompare(other.due_date),
    );
}

/** Those whose number, customer or amount has what was typed, `12,50` in either spelling. */
export function searched(candidates: readonly Candidate[], text: string): Candidate[] {
  const wanted = plain(text).trim();
  if (!wanted) return [...candidates];
  return candidates.filter(({ number, customer_name, open_cents }) =>
    [plain(`${number} ${customer_name}`), plain((open_cents / 100).toFixed(2))].some((told) =>
      told.includes(wanted),
    ),
  );
}

function itemsOf(balances: readonly CustomerBalance[]) {
  return balances.flatMap(({ customer_name, items }) =>
    items.map((item) => ({ ...item, customer_name })),
  );
}

function weightOf({ reasons }: Candidate): number {
  return sum(reasons.map((reason) => WEIGHTS[reason]));
}

function wordsOf(text: string): string[] {
  return plain(text)
    .split(' ')
    .filter((word) => word.length > SHORTEST_NAME);
}

/** Small letters without accents, and a space for each run of anything else. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ');
}
