import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { problemTold } from '../../../api/problem';
import { closeWords } from '../../../messages/running/close';
import { settlingWords } from '../../../messages/running/settling';
import { Answer } from '../../../parts/Answer';
import { QuietButton } from '../../../parts/QuietButton';
import { Refusal } from '../../../parts/Refusal';
import { Said } from '../../../parts/Said';
import { SendForm } from '../../../parts/SendForm';
import shared from '../../../parts/Together.module.css';
import { type Settlement, settle, settlementsQuery, verify } from '../../../queries/settlements';
import type { MonthDays } from '../../../queries/shares';
import { capitalized } from '../../../words/capitals';
import { monthName } from '../../../words/dates';
import { momentOf } from '../../../words/instants';
import { useLanguage, useWords } from '../../../words/language';
import { isOver } from '../../../words/monthSteps';
import { useChanged } from './changed';
import { useDays } from './days';
import { type OfMonth, Step } from './Step';

/** The energies of the month, frozen; or what has to be done before. */
export function Settling({ operation, month }: OfMonth) {
  const words = useWords(settlingWords);
  const settlements = useQuery(settlementsQuery(operation, month));
  const days = useDays({ operation, month });
  return (
    <Step name="settlement" title={words.title}>
      <Answer query={settlements}>
        {(made) => {
          const last = made.at(-1);
          return (
            <>
              {last && <Made settlement={last} earlier={made.slice(0, -1)} />}
              {isToSettle(last) && (
                <Answer query={days}>
                  {(ofMonth) => (
                    <ToSettle operation={operation} month={month} days={ofMonth} last={last} />
                  )}
                </Answer>
              )}
            </>
          );
        }}
      </Answer>
    </Step>
  );
}

/** Nobody has closed it yet, or the platform could not redo it: otherwise there is no button. */
function isToSettle(last: Settlement | undefined): boolean {
  return !last || (last.outdated && last.refusal !== null);
}

interface ToSettleProps extends OfMonth {
  days: MonthDays;
  /** The one that is to be redone. */
  last: Settlement | undefined;
}

function ToSettle({ operation, month, days: { days }, last }: ToSettleProps) {
  const words = useWords(settlingWords);
  const { mend } = useWords(closeWords);
  const name = monthName(month, useLanguage());
  const changed = useChanged(operation);
  const attempt = useMutation({
    mutationFn: () => settle(operation, month),
    onSuccess: changed,
  });
  if (!isOver(month)) return <p>{words.notOver(capitalized(name))}</p>;
  const isReady = days.length > 0 && days.every(({ status }) => status === 'allocated');
  return (
    <>
      <p className={shared.weak}>{words.help}</p>
      {isReady ? (
        <SendForm
          attempt={attempt}
          submit={last ? words.settleAgain : words.settle(name)}
          onSend={() => attempt.mutate()}
        />
      ) : (
        <p>
          {words.blocked}{' '}
          <Link to="/o/$operation/months/$month" params={{ operation, month }} hash="shares">
            {mend.shares}
          </Link>
        </p>
      )}
      {attempt.isPending && <p role="status">{words.settling}</p>}
    </>
  );
}

interface MadeProps {
  settlement: Settlement;
  /** Those that it took the place of. */
  earlier: readonly Settlement[];
}

function Made({ settlement, earlier }: MadeProps) {
  const words = useWords(settlingWords);
  const language = useLanguage();
  const told = ({ number, status, closed_at }: Settlement) =>
    words.facts(number, words.statuses[status], momentOf(closed_at, language));
  return (
    <>
      <p>{told(settlement)}</p>
      <p className={shared.weak}>{words[`${settlement.status}Help`]}</p>
      {settlement.outdated && (
        <p className={`${shared.state} ${shared.alert}`}>
          {words.outdated} {!settlement.refusal && words.byItself}
        </p>
      )}
      {settlement.refusal && (
        <>
          <p>{words.refused}</p>
          <Refusal error={problemTold(settlement.refusal)} />
        </>
      )}
      <Verifying settlement={settlement} />
      {earlier.length > 0 && (
        <details>
          <summary>{words.earlier}</summary>
          <ul>
            {earlier.map((one) => (
              <li key={one.number}>{told(one)}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Verifying({ settlement }: { settlement: Settlement }) {
  const words = useWords(settlingWords);
  const attempt = useMutation({ mutationFn: () => verify(settlement) });
  return (
    <>
      <p>
        <QuietButton onPress={() => !attempt.isPending && attempt.mutate()}>
          {words.verify}
        </QuietButton>
      </p>
      <Said>{attempt.data?.matches === true && words.matches}</Said>
      {attempt.data?.matches === false && (
        <p className={shared.alert} role="alert">
          {words.matchesNot}
        </p>
      )}
      <Refusal error={attempt.error} />
    </>
  );
}
