import { depositWords } from '../../../messages/running/deposits';
import facts from '../../../parts/Facts.module.css';
import shared from '../../../parts/Together.module.css';
import type { BasisOfDays, DepositMonth } from '../../../queries/deposits';
import { dayOfMonth, fullDay, monthName } from '../../../words/dates';
import { useLanguage, useWords } from '../../../words/language';

/** How far the month is, until when, and what shares it if nothing is deposited. */
export function Standing({ standing }: { standing: DepositMonth }) {
  const words = useWords(depositWords);
  const language = useLanguage();
  const { state, last_day, is_open, current, shares_without_deposit_by } = standing;
  const isLate = state === 'missed';
  return (
    <>
      <p className={isLate ? `${facts.lead} ${shared.alert}` : facts.lead}>{words.states[state]}</p>
      {last_day && state !== 'not_needed' && state !== 'not_taken' && (
        <>
          <p>
            {is_open
              ? words.until(fullDay(last_day, language))
              : words.wasUntil(fullDay(last_day, language))}
          </p>
          {current === null && <Without bases={shares_without_deposit_by} />}
        </>
      )}
    </>
  );
}

function Without({ bases }: { bases: readonly BasisOfDays[] }) {
  const words = useWords(depositWords);
  const language = useLanguage();
  const [first] = bases;
  const textOf = ({ basis }: BasisOfDays): string => {
    if (!basis) return words.without.key;
    const { month } = basis;
    if (basis.basis === 'default_key' || !month) return words.without.default_key;
    return words.without.last_deposit(monthName(month, language));
  };
  if (!first) return <p>{words.withoutNone}</p>;
  if (bases.length === 1) return <p>{words.withoutOne(textOf(first))}</p>;
  return (
    <>
      <p>{words.withoutSeveral}</p>
      <ul>
        {bases.map((days) => (
          <li key={days.first_day}>
            {words.fromTo(
              dayOfMonth(days.first_day, language),
              dayOfMonth(days.last_day, language),
              textOf(days),
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
