import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { challengeWords } from '../../messages/challenges';
import { Answer } from '../../parts/Answer';
import { BackTogether } from '../../parts/Back';
import { Card } from '../../parts/Card';
import { Heading } from '../../parts/Heading';
import { PageAnswer } from '../../parts/PageAnswer';
import { Said } from '../../parts/Said';
import shared from '../../parts/Together.module.css';
import {
  challengeQuery,
  type Challenge as Data,
  isOver,
  type Standing,
  standingQuery,
} from '../../queries/challenges';
import { consumingPoints, meQuery } from '../../queries/me';
import { clockTime, longDay } from '../../words/dates';
import { OF_OPERATIONS, useLanguage, useWords } from '../../words/language';
import { Group } from './Group';
import { Joining } from './Joining';
import { Own } from './Own';

/** A challenge: what to do, whether one takes part, how one does, and the others. */
export function Challenge() {
  const { operation, challenge } = useParams({ from: '/inside/challenges/$operation/$challenge' });
  const query = useQuery(challengeQuery(operation, challenge));
  return (
    <>
      <BackTogether />
      <PageAnswer query={query}>{(data) => <OfChallenge challenge={data} />}</PageAnswer>
    </>
  );
}

function OfChallenge({ challenge }: { challenge: Data }) {
  const words = useWords(challengeWords);
  const language = useLanguage();
  const standing = useQuery(standingQuery(challenge.operation_id, challenge.id));
  const { title, text, first_day, last_day, state, cancelled_reason } = challenge;
  const isMeasuring = state === 'announced' && isOver(challenge);
  return (
    <>
      <Heading lang={OF_OPERATIONS}>{title}</Heading>
      <p className={shared.lead}>
        {words.period(longDay(first_day, language), longDay(last_day, language))}
      </p>
      {state !== 'announced' && <p className={shared.state}>{words.states[state]}</p>}
      {isMeasuring && <p className={shared.state}>{words.states.over}</p>}
      {cancelled_reason && <p>{words.cancelledReason(cancelled_reason)}</p>}
      <Task challenge={challenge} />
      {text && (
        <p className={shared.lines} lang={OF_OPERATIONS}>
          {text}
        </p>
      )}
      {state !== 'cancelled' && (
        <Answer query={standing}>
          {(data) => <Standings challenge={challenge} standing={data} />}
        </Answer>
      )}
    </>
  );
}

/** What to do, on which days and hours. */
export function Task({ challenge }: { challenge: Data }) {
  const words = useWords(challengeWords);
  const language = useLanguage();
  const { kind, target_percent, windows, weekdays, baseline_weeks } = challenge;
  const isEveryDay = weekdays.length === 7;
  const days = isEveryDay ? words.everyDay : weekdays.map((one) => words.weekdays[one]).join(', ');
  const hours = windows
    .map(({ start, end }) => words.window(clockTime(start, language), clockTime(end, language)))
    .join(', ');
  return (
    <Card title={words.task}>
      <p className={shared.lead}>{words.kinds[kind](target_percent)}</p>
      <p>{words.hours(days, hours)}</p>
      <p className={shared.weak}>{words.compared(baseline_weeks)}</p>
    </Card>
  );
}

function Standings({ challenge, standing }: { challenge: Data; standing: Standing }) {
  const words = useWords(challengeWords);
  const { data: me } = useQuery(meQuery);
  // Said here, as what says it is gone once one is in, or out.
  const [said, setSaid] = useState<'joined' | 'left' | null>(null);
  const points = (me ? consumingPoints(me) : []).filter(
    ({ operation_id }) => operation_id === challenge.operation_id,
  );
  const entered = standing.own.map(({ prm }) => prm);
  const free = points.filter(({ prm }) => !entered.includes(prm));
  const mayJoin = challenge.state === 'announced' && !isOver(challenge) && me?.member_id;
  return (
    <>
      <Said>{said && words[said]}</Said>
      {standing.own.length > 0 && (
        <Own
          challenge={challenge}
          standing={standing}
          points={points}
          onLeft={() => setSaid('left')}
        />
      )}
      {mayJoin && (points.length === 0 || free.length > 0) && (
        <Joining challenge={challenge} points={free} onJoined={() => setSaid('joined')} />
      )}
      <Group standing={standing} challenge={challenge} />
    </>
  );
}
