import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { requestWords } from '../../../messages/request';
import { requestDeskWords } from '../../../messages/staff/requests';
import { Answer } from '../../../parts/Answer';
import chips from '../../../parts/Chip.module.css';
import { Heading } from '../../../parts/Heading';
import { More } from '../../../parts/More';
import shared from '../../../parts/Together.module.css';
import { type Account, accountsQuery, nameOfSubject } from '../../../queries/accounts';
import { meQuery } from '../../../queries/me';
import {
  type RequestHead,
  requestFiguresQuery,
  requestsQuery,
  type StageFigures,
} from '../../../queries/requestDesk';
import { daysSince } from '../../../words/ages';
import { dayAt, fullDay } from '../../../words/dates';
import { useLanguage, useWords } from '../../../words/language';
import { power } from '../../../words/numbers';
import { Filters } from '../Filters';
import { Tiles } from '../Tiles';
import styles from './Requests.module.css';

/** The pipeline: how many requests are at each stage, and those that one looks at. */
export function Requests() {
  const words = useWords(requestDeskWords);
  const query = useQuery(requestFiguresQuery);
  return (
    <>
      <Heading>{words.title}</Heading>
      <p className={shared.lead}>{words.lead}</p>
      <Answer query={query}>
        {(figures) =>
          figures.some(({ count }) => count > 0) ? (
            <>
              <Stages figures={figures} />
              <Which />
              <Listed />
            </>
          ) : (
            <p>{words.noneAtAll}</p>
          )
        }
      </Answer>
    </>
  );
}

function Stages({ figures }: { figures: readonly StageFigures[] }) {
  const words = useWords(requestDeskWords);
  const { stages } = useWords(requestWords);
  const { stage: chosen } = useSearch({ from: '/inside/staff/requests' });
  return (
    <Tiles label={words.stages}>
      {figures.map((figure) => [
        figure.stage,
        <Link
          key={figure.stage}
          to="/staff/requests"
          // Once more: all of them again.
          search={(search) => ({
            ...search,
            stage: figure.stage === chosen ? undefined : figure.stage,
          })}
          aria-current={figure.stage === chosen ? 'true' : undefined}
        >
          <span className={styles.name}>{stages[figure.stage]}</span>
          <span className={styles.count}>{figure.count}</span>
          <Size figure={figure} />
        </Link>,
      ])}
    </Tiles>
  );
}

function Size({ figure: { oldest, kwc, point_count } }: { figure: StageFigures }) {
  const words = useWords(requestDeskWords);
  const language = useLanguage();
  if (!oldest) return null;
  return (
    <span className={styles.size}>
      {words.points(point_count)}, {power(kwc, true, language)}
      <br />
      {words.oldest(daysSince(oldest))}
    </span>
  );
}

/** Everybody's, one's own, or those whose next step is overdue. */
function Which() {
  const words = useWords(requestDeskWords);
  const { who, late } = useSearch({ from: '/inside/staff/requests' });
  const choices = [
    { word: words.everyones, isChosen: !who && !late, change: { who: undefined, late: undefined } },
    { word: words.mine, isChosen: Boolean(who), change: { who: 'me' as const, late: undefined } },
    {
      word: words.overdue,
      isChosen: Boolean(late),
      change: { who: undefined, late: true as const },
    },
  ];
  return (
    <Filters label={words.which}>
      {choices.map(({ word, isChosen, change }) => [
        word,
        <Link
          key={word}
          to="/staff/requests"
          search={(search) => ({ ...search, ...change })}
          aria-current={isChosen ? 'true' : undefined}
        >
          {word}
        </Link>,
      ])}
    </Filters>
  );
}

function Listed() {
  const words = useWords(requestDeskWords);
  const { stage, who, late } = useSearch({ from: '/inside/staff/requests' });
  const { data: me } = useQuery(meQuery);
  const { data: accounts = [] } = useQuery(accountsQuery);
  const assignedTo = who ? me?.subject : undefined;
  const query = useInfiniteQuery(requestsQuery({ stage, assignedTo, isOverdue: late }));
  return (
    <>
      <Answer query={query}>
        {({ pages }) => {
          const requests = pages.flat();
          if (requests.length === 0) return <p>{words.none}</p>;
          return (
            <ul className={shared.list}>
              {requests.map((request) => (
                <Line key={request.id} request={request} accounts={accounts} />
              ))}
            </ul>
          );
        }}
      </Answer>
      <More query={query}>{words.more}</More>
    </>
  );
}

function Line({ request, accounts }: { request: RequestHead; accounts: readonly Account[] }) {
  const words = useWords(requestDeskWords);
  const { stages } = useWords(requestWords);
  const language = useLanguage();
  const { id, name, organisation, commune, point_count, kwc, stage, stage_since } = request;
  const { assigned_to } = request;
  return (
    <li>
      <div className={shared.line}>
        <h2 className={shared.title}>
          <Link to="/staff/requests/$request" params={{ request: id }}>
            {organisation ?? name}, {commune}
          </Link>
        </h2>
        <span className={chips.chip}>{stages[stage]}</span>
      </div>
      <p className={shared.weak}>
        {words.points(point_count)} · {power(kwc, true, language)} ·{' '}
        {words.here(daysSince(stage_since))}
      </p>
      <p className={shared.weak}>
        {assigned_to ? words.followedBy(nameOfSubject(accounts, assigned_to)) : words.nobody}
        <NextStep day={request.next_action_on} />
      </p>
    </li>
  );
}

function NextStep({ day }: { day: string | null }) {
  const words = useWords(requestDeskWords);
  const language = useLanguage();
  if (!day) return null;
  const name = fullDay(day, language);
  if (day >= dayAt(new Date())) return <> · {words.next(name)}</>;
  return (
    <>
      {' · '}
      <strong className={shared.alert}>{words.late(name)}</strong>
    </>
  );
}
