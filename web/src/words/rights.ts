import type { Account } from '../queries/accounts';

/** What staff may make of an account; as whose member it reads stays as it is. */
export interface Rights {
  isStaff: boolean;
  /** That it runs, by their ids. */
  operations: readonly string[];
}

/** Of an account as it is. */
export function rightsOf({ roles, operations }: Account): Rights {
  return {
    isStaff: roles.includes('operator'),
    operations: roles.includes('organiser') ? operations : [],
  };
}

/** The roles that an account has with other rights: those that are not told here stay. */
export function rolesWith(account: Account, { isStaff, operations }: Rights): Account['roles'] {
  const others = account.roles.filter((role) => role !== 'operator' && role !== 'organiser');
  return [
    ...(isStaff ? (['operator'] as const) : []),
    ...(operations.length > 0 ? (['organiser'] as const) : []),
    ...others,
  ];
}

/** Whether these are other rights, and an account can be left with them: it needs one at least. */
export function canHave(account: Account, rights: Rights): boolean {
  const { becomesStaff, staysNoStaff, gained, lost } = rightsChanged(rightsOf(account), rights);
  const isOther = becomesStaff || staysNoStaff || gained.length + lost.length > 0;
  return isOther && rolesWith(account, rights).length > 0;
}

/** What one gains and what one loses by other rights. */
export function rightsChanged(before: Rights, after: Rights) {
  return {
    becomesStaff: after.isStaff && !before.isStaff,
    staysNoStaff: before.isStaff && !after.isStaff,
    gained: after.operations.filter((id) => !before.operations.includes(id)),
    lost: before.operations.filter((id) => !after.operations.includes(id)),
  };
}
