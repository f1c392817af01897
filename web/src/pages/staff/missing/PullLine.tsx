import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { dsoFileWords } from '../../../messages/staff/dsoFiles';
import chips from '../../../parts/Chip.module.css';
import shared from '../../../parts/Together.module.css';
import { accountsQuery, nameOfSubject } from '../../../queries/accounts';
import type { Pull } from '../../../queries/dsoFiles';
import { dayLater, fullDay } from '../../../words/dates';
import { momentOf } from '../../../words/instants';
import { colon, useLanguage, useWords } from '../../../words/language';

/** A question: what was asked, of which days, by whom, and what came of it. */
export function PullLine({ pull }: { pull: Pull }) {
  const words = useWords(dsoFileWords);
  const language = useLanguage();
  const { resource, source, state, operation_id, prm, delivery_id, last_problem } = pull;
  const last = dayLater(pull.to_day, -1);
  return (
    <>
      <div className={shared.line}>
        <h3 className={shared.title}>{words.resources[resource]}</h3>
        <span className={chips.chip}>{words.states[state]}</span>
      </div>
      <p className={shared.weak}>
        {[
          words.sources[source],
          ...(operation_id ? [`${words.operation} ${operation_id}`] : []),
          ...(prm ? [`${words.point} ${prm}`] : []),
          words.days(fullDay(pull.from_day, language), fullDay(last, language)),
        ].join(' · ')}
      </p>
      <Course pull={pull} />
      {last_problem && (
        <p>
          {words.problem + colon(language)}
          <span lang="en">{last_problem}</span>
        </p>
      )}
      <p className={shared.weak}>{words.meaning[state]}</p>
      {delivery_id && (
        <Link to="/staff/deliveries/$delivery" params={{ delivery: delivery_id }}>
          {words.file}
        </Link>
      )}
    </>
  );
}

/** Who asked for it, how often it was tried, and when it is tried again. */
function Course({ pull: { asked_by, created_at, attempts, next_attempt_at } }: { pull: Pull }) {
  const words = useWords(dsoFileWords);
  const language = useLanguage();
  const { data: accounts = [] } = useQuery(accountsQuery);
  const isByItself = asked_by === 'schedule' || asked_by === 're-request';
  const who = isByItself ? words.schedule : nameOfSubject(accounts, asked_by);
  return (
    <p className={shared.weak}>
      {[
        `${words.askedBy(who)}, ${momentOf(created_at, language)}`,
        words.attempts(attempts),
        ...(next_attempt_at ? [words.next(momentOf(next_attempt_at, language))] : []),
      ].join(' · ')}
    </p>
  );
}
