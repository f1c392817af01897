import type { OwnDocument } from '../queries/documents';
import type { DocumentKind, Signature } from '../queries/operationDocuments';

export const PAPER_KINDS: readonly DocumentKind[] = [
  'participation_agreement',
  'sale_contract',
  'invoicing_mandate',
  'supply_authorisation',
  'convention',
];

/** What can become of the last version now: a signature or a refusal is the end of it. */
export function nextStates({ state, versions }: OwnDocument): Signature['state'][] {
  if (versions.length === 0) return [];
  if (state === 'draft') return ['sent', 'signed', 'declined'];
  return state === 'sent' ? ['signed', 'declined'] : [];
}

const RANK: Record<OwnDocument['state'], number> = { sent: 0, draft: 1, declined: 2, signed: 3 };

/** What waits for somebody first; of these the newest. */
export function waitingFirst(documents: readonly OwnDocument[]): OwnDocument[] {
  return [...documents].sort(
    (one, other) =>
      RANK[one.state] - RANK[other.state] || other.valid_from.localeCompare(one.valid_from),
  );
}
