import type { PreviewedRefund, RefundPreview } from '../queries/refunds';

/** Whether two previews pay the same of the same to the same accounts. */
export function isSameRefund(one: RefundPreview, other: RefundPreview): boolean {
  const known = new Set(one.transfers.map(keyOf));
  return (
    one.transfers.length === other.transfers.length &&
    other.transfers.every((transfer) => known.has(keyOf(transfer)))
  );
}

/** What makes a transfer another one. */
export function keyOf({ customer_id, account_end, documents }: PreviewedRefund): string {
  const parts = documents.map(({ invoice_id, amount_cents }) => `${invoice_id} ${amount_cents}`);
  return `${customer_id} ${account_end} ${parts.sort().join(' ')}`;
}
