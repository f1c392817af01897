import type { Payment } from '../queries/invoices';
import { isMonth } from './dates';

/** What of the documents of an operation is looked for; ids and numbers, no name. */
export interface DocumentSearch {
  /** A number in any spelling, or a reference. */
  number?: string;
  customer?: string;
  seller?: string;
  month?: string;
  kind?: SoughtKind;
  /** How its payment stands; `owed`: any state in which money is still to come. */
  payment?: SoughtPayment;
  /** In whole cents, with VAT. */
  least?: number;
  most?: number;
}

export const SOUGHT_KINDS = ['invoice', 'corrective', 'credit_note', 'draft'] as const;
export const SOUGHT_PAYMENTS = [
  'owed',
  'overdue',
  'open',
  'partly',
  'announced',
  'rejected',
  'paid',
  'credited',
  'written_off',
] as const satisfies readonly (Payment['state'] | 'owed')[];

export type SoughtKind = (typeof SOUGHT_KINDS)[number];
export type SoughtPayment = (typeof SOUGHT_PAYMENTS)[number];

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What an address asks for; what it cannot mean is left out. */
export function documentSearch(search: Record<string, unknown>): DocumentSearch {
  const { number, customer, seller, month, kind, payment, least, most } = search;
  const soughtKind = SOUGHT_KINDS.find((known) => known === kind);
  const soughtPayment = SOUGHT_PAYMENTS.find((known) => known === payment);
  // A number without its letter and sign is one to the router.
  const text = String(number ?? '').trim();
  return {
    ...(text && { number: text.slice(0, 100) }),
    ...(isId(customer) && { customer }),
    ...(isId(seller) && { seller }),
    ...(typeof month === 'string' && isMonth(month) && { month }),
    ...(soughtKind && { kind: soughtKind }),
    ...(soughtPayment && { payment: soughtPayment }),
    ...(Number.isInteger(least) && { least: Number(least) }),
    ...(Number.isInteger(most) && { most: Number(most) }),
  };
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

/** Whether what was typed is a number or a reference, and no name. */
export function isNumberTyped(text: string): boolean {
  return /\d{2}/.test(text);
}
