import { accountWords } from '../../../messages/staff/accounts';
import { TickField } from '../../../parts/TickField';
import type { Account } from '../../../queries/accounts';
import { useWords } from '../../../words/language';
import { canHave, type Rights, rightsChanged, rightsOf } from '../../../words/rights';

interface RightsSummaryProps {
  account: Account;
  rights: Rights;
  /** Of operations, by id. */
  names: ReadonlyMap<string, string>;
}

/** What other rights give and take, and the tick of who has read it. */
export function RightsSummary({ account, rights, names }: RightsSummaryProps) {
  const words = useWords(accountWords);
  const { becomesStaff, staysNoStaff, gained, lost } = rightsChanged(rightsOf(account), rights);
  const effects = [
    ...(becomesStaff ? [words.becomesStaff] : []),
    ...(staysNoStaff ? [words.staysNoStaff] : []),
    ...gained.map((id) => words.gains(names.get(id) ?? id)),
    ...lost.map((id) => words.loses(names.get(id) ?? id)),
  ];
  if (effects.length === 0) return <p>{words.sameRights}</p>;
  if (!canHave(account, rights)) return <p>{words.noRights}</p>;
  return (
    <>
      <ul>
        {effects.map((effect) => (
          <li key={effect}>{effect}</li>
        ))}
      </ul>
      <p>{words.rightsEffect(account.email)}</p>
      {/* Anew for other rights: these are not agreed to yet. */}
      <TickField key={effects.join()} name="sure" label={words.rightsSure} isRequired />
    </>
  );
}
