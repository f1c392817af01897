import { useQuery } from '@tanstack/react-query';
import { homeWords } from '../../../messages/running/home';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import shared from '../../../parts/Together.module.css';
import {
  type Enrolment,
  memberQuery,
  openEnrolmentsQuery,
  type SignUp,
  signUpsQuery,
} from '../../../queries/waiting';
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
            {(open) => <List signUps={asking} enrolments={open} />}
          </Answer>
        )}
      </Answer>
    </Card>
  );
}

/** More are counted, not named. */
const SHOWN = 20;

interface ListProps {
  signUps: readonly SignUp[];
  enrolments: readonly Enrolment[];
}

function List({ signUps, enrolments }: ListProps) {
  const words = useWords(homeWords);
  const language = useLanguage();
  const more = enrolments.length - SHOWN;
  if (signUps.length + enrolments.length === 0) {
    return <p className={shared.weak}>{words.nobodyWaits}</p>;
  }
  return (
    <>
      <ul className={shared.list}>
        {signUps.map(({ id, name, kind, confirmed_at }) => (
          <Line
            key={id}
            name={name}
            state={words.wantsIn(kind, fullDayOf(confirmed_at, language))}
          />
        ))}
        {enrolments.slice(0, SHOWN).map((enrolment) => (
          <Enrolling key={enrolment.id} enrolment={enrolment} />
        ))}
      </ul>
      {more > 0 && <p>{words.moreWait(more)}</p>}
    </>
  );
}

function Enrolling({ enrolment }: { enrolment: Enrolment }) {
  const words = useWords(homeWords);
  const language = useLanguage();
  const { prm, member_id, phase, leave_request } = enrolment;
  const { data: member } = useQuery(memberQuery(member_id));
  const state = leave_request
    ? words.wantsOut(fullDay(leave_request.leaves_on, language))
    : (words.phase[phase] ?? '');
  return <Line name={member?.name ?? prm} state={state} />;
}

function Line({ name, state }: { name: string; state: string }) {
  return (
    <li>
      <p className={shared.plain}>{name}</p>
      <p className={shared.weak}>{state}</p>
    </li>
  );
}
