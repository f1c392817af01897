import type { Preflight, Run, RunDocument } from '../queries/runs';
import { sum } from './numbers';

/** What documents come to, in cents: a credit note takes its own back. */
export function totalOf(documents: readonly Pick<RunDocument, 'kind' | 'total_incl_vat_cents'>[]) {
  return sum(
    documents.map(({ kind, total_incl_vat_cents }) =>
      kind === 'credit_note' ? -total_incl_vat_cents : total_incl_vat_cents,
    ),
  );
}

/** What is to be looked at first, then by the name of who pays. */
export function lookedAtFirst(documents: readonly RunDocument[]): RunDocument[] {
  return [...documents].sort(
    (one, other) =>
      other.anomalies.length - one.anomalies.length ||
      one.customer_name.localeCompare(other.customer_name, 'fr'),
  );
}

/** Whether a run would hold back sums of customers whom the one before did not. */
export function carriesMore({ anomalies }: Pick<Preflight, 'anomalies'>, before?: Run): boolean {
  const others = new Set(carriedOf(before?.anomalies ?? []));
  return carriedOf(anomalies).some((member) => !others.has(member));
}

function carriedOf(anomalies: Preflight['anomalies']): string[] {
  return anomalies
    .filter(({ code }) => code === 'carried')
    .map(({ member_id }) => String(member_id));
}
