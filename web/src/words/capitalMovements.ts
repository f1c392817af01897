import type { CapitalKind, CapitalMovementBody } from '../queries/capitalRegister';

export const CAPITAL_KINDS = [
  'subscription',
  'transfer',
  'repayment',
] as const satisfies readonly CapitalKind[];

/** Whether shares come from a member; else the co-operative issues them. */
export function hasGiver(kind: CapitalKind): boolean {
  return kind !== 'subscription';
}

/** Whether shares go to a member; else the co-operative takes them back. */
export function hasReceiver(kind: CapitalKind): boolean {
  return kind !== 'repayment';
}

/** A movement as the register takes it: of the two members, those that its kind has. */
export function movementOf(
  kind: CapitalKind,
  giver: string,
  receiver: string,
  facts: Pick<
    CapitalMovementBody,
    'day' | 'capital_shares' | 'nominal_cents' | 'document_reference'
  >,
): CapitalMovementBody {
  return {
    kind,
    from_member_id: hasGiver(kind) ? giver : null,
    to_member_id: hasReceiver(kind) ? receiver : null,
    ...facts,
  };
}
