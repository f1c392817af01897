import type { BankTransaction } from '../queries/bankTransactions';
import type { OpenItem, SellerBalance } from '../queries/openItems';
import { sum } from './numbers';

/** What is open, and a movement on the account may be meant for. */
export interface Candidate extends OpenItem {
  issuer_id: string;
  customer_name: string;
  /** Why it may be: its number or its reference is in the words, the sum is its own, or the name its customer's. */
  reasons: Reason[];
}

export type Reason = 'number' | 'amount' | 'name';

/** Money that comes pays an invoice; money that goes pays back what a customer is owed. */
export type Direction = 'paying' | 'refunding';

const WEIGHTS: Record<Reason, number> = { number: 4, amount: 2, name: 1 };
/** Of, to, and what a company is, say nothing of who it is. */
const SHORTEST_NAME = 3;

export function directionOf({ amount_cents }: Pick<BankTransaction, 'amount_cents'>): Direction {
  return amount_cents < 0 ? 'refunding' : 'paying';
}

/** What is open the way a movement goes: the most likely first, then the oldest. */
export function candidatesFor(
  { amount_cents, remittance, party_name, reference }: BankTransaction,
  balances: readonly SellerBalance[],
): Candidate[] {
  const said = compact(`${remittance ?? ''} ${reference}`);
  const payer = wordsOf(`${party_name ?? ''} ${remittance ?? ''}`);
  const items = itemsOf(balances);
  // A reference has the number in it, which other sellers have used too.
  const isReferenceSaid = items.some((item) => said.includes(compact(item.reference)));
  return items
    .filter(({ open_cents }) => Math.sign(open_cents) === Math.sign(amount_cents))
    .map((item) => {
      const reasons: Reason[] = [];
      if (said.includes(compact(isReferenceSaid ? item.reference : item.number))) {
        reasons.push('number');
      }
      if (item.open_cents === amount_cents) reasons.push('amount');
      if (wordsOf(item.customer_name).some((word) => payer.includes(word))) reasons.push('name');
      return { ...item, reasons };
    })
    .sort(
      (one, other) => weightOf(other) - weightOf(one) || one.due_date.localeCompare(other.due_date),
    );
}

/** Whether a movement settles what is open, and by how much less or more. */
export function outcomeOf(
  { amount_cents }: Pick<BankTransaction, 'amount_cents'>,
  { open_cents }: Pick<OpenItem, 'open_cents'>,
): { result: 'exact' | 'less' | 'over'; cents: number } {
  const left = Math.abs(open_cents) - Math.abs(amount_cents);
  if (left === 0) return { result: 'exact', cents: 0 };
  return { result: left > 0 ? 'less' : 'over', cents: Math.abs(left) };
}

/** Whether a person or what a payer wrote says what it pays; of debits and transfers the bank does. */
export function mayBeTakenBack({
  matched_by,
  payments,
}: Pick<BankTransaction, 'matched_by' | 'payments'>): boolean {
  if (matched_by === 'not-ours') return true;
  const isByIds = matched_by && ['end-to-end-id', 'batch', 'mandate'].includes(matched_by);
  return matched_by !== null && !isByIds && payments.length > 0;
}

/** A movement over what was chosen: each gets what is open, in this order, the last one the rest. */
export function splitOver(
  { amount_cents }: Pick<BankTransaction, 'amount_cents'>,
  chosen: readonly Candidate[],
): { candidate: Candidate; amount_cents: number }[] {
  const sign = Math.sign(amount_cents);
  let left = Math.abs(amount_cents);
  return chosen
    .map((candidate, place) => {
      const isLast = place === chosen.length - 1;
      const part = isLast ? left : Math.min(left, Math.abs(candidate.open_cents));
      left -= part;
      return { candidate, amount_cents: sign * part };
    })
    .filter((part) => part.amount_cents !== 0);
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

function itemsOf(balances: readonly SellerBalance[]) {
  return balances.flatMap(({ issuer_id, customer_name, items }) =>
    items.map((item) => ({ ...item, issuer_id, customer_name })),
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

function compact(text: string): string {
  return plain(text).replaceAll(' ', '');
}

/** Small letters without accents, and a space for each run of anything else. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ');
}
