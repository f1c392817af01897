import type { RefundPreview } from '../queries/refunds';

/** Whether two previews pay the same of the same to the same accounts. */
export function isSameRefund(one: RefundPreview, other: RefundPreview): boolean {
  const known = new Set(one.transfers.map(keyOf));
  return (
    one.transfers.length === other.transfers.length &&
    other.transfers.every((transfer) => known.has(keyOf(transfer)))
  );
}

function keyOf({ invoice_id, account_end, amount_cents }: RefundPreview['transfers'][number]) {
  return `${invoice_id} ${account_end} ${amount_cents}`;
}
