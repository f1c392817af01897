import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { homeWords } from '../../../messages/running/home';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import shared from '../../../parts/Together.module.css';
import type { Enrolment } from '../../../queries/enrolments';
import { openEnrolmentsQuery, type SignUp, signUpsQuery } from '../../../queries/waiting';
import { fullDay } from '../../../words/dates';
import { fullDayOf } from '../../../words/instants';
import { useLanguage, useWords } from '../../../words/language';

/** Who has asked to join or to leave, and who is on the way in. */
export function Waiting({ operation }: { operation: string }) {
  const words = useWords(homeWords);
  const signUps = useQuery(signUpsQuery(operation));
  const enrolments = useQuery(openEnrolmentsQuery(operation));
  return (
    <Card title={words.waiting}>
      <Answer query={signUps}>
        {(asking) => (
          <Answer query={enrolments}>
            {(open) => <List operation={operation} signUps={asking} enrolments={open} />}
          </Answer>
        )}
      </Answer>
    </Card>
  );
}

/** More are counted, not named. */
const SHOWN = 20;

interface ListProps {
  operation: string;
  signUps: readonly SignUp[];
  enrolments: readonly Enrolment[];
}

function List({ operation, signUps, enrolments }: ListProps) {
  const words = useWords(homeWords);
  const language = useLanguage();
  const asking = signUps.filter(({ state }) => state === 'waiting');
  const more = enrolments.length - SHOWN;
  if (asking.length + enrolments.length === 0) {
    return <p className={shared.weak}>{words.nobodyWaits}</p>;
  }
  return (
    <>
      <ul className={shared.list}>
        {asking.map(({ id, name, kind, confirmed_at }) => (
          <Line
            key={id}
            name={name}
            state={words.wantsIn(kind, fullDayOf(confirmed_at, language))}
          />
        ))}
        {enrolments.slice(0, SHOWN).map((enrolment) => (
          <Line
            key={enrolment.id}
            name={enrolment.member_name ?? ''}
            state={
              enrolment.leave_request
                ? words.wantsOut(fullDay(enrolment.leave_request.leaves_on, language))
                : (words.phase[enrolment.phase] ?? '')
            }
          />
        ))}
      </ul>
      {more > 0 && <p>{words.moreWait(more)}</p>}
      <Link className={shared.more} to="/o/$operation/people" params={{ operation }}>
        {words.answerThem}
      </Link>
    </>
  );
}

function Line({ name, state }: { name: string; state: string }) {
  return (
    <li>
      <p className={shared.plain}>{name}</p>
      <p className={shared.weak}>{state}</p>
    </li>
  );
}
