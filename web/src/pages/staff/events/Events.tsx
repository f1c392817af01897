import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { staffAreaWords } from '../../../messages/staff/area';
import { eventWords } from '../../../messages/staff/events';
import { Failed } from '../../../parts/Failed';
import { Heading } from '../../../parts/Heading';
import { Loading } from '../../../parts/Loading';
import { Said } from '../../../parts/Said';
import shared from '../../../parts/Together.module.css';
import { kindsOf, parkedEventsQueries, type Replayed } from '../../../queries/parkedEvents';
import { SERVICES } from '../../../queries/services';
import { failureText } from '../../../words/events';
import { useLanguage, useWords } from '../../../words/language';
import { Kind } from './Kind';

/** What services could not take, and another try; one that does not answer hides no other. */
export function Events() {
  const words = useWords(eventWords);
  const { services } = useWords(staffAreaWords);
  const answers = useQueries({ queries: parkedEventsQueries });
  const [replayed, setReplayed] = useState<Replayed | null>(null);
  const kinds = kindsOf(answers.flatMap(({ data }) => data ?? []));
  return (
    <>
      <Heading>{words.title}</Heading>
      <p className={shared.lead}>{words.lead}</p>
      <Outcome replayed={replayed} />
      {answers.some(({ isPending }) => isPending) && <Loading />}
      {answers.every(({ data }) => data?.length === 0) && <p>{words.none}</p>}
      {kinds.map((kind) => (
        <Kind key={keyOf(kind[0])} kind={kind} onDone={setReplayed} />
      ))}
      {SERVICES.map((service, place) => {
        const answer = answers[place];
        if (!answer?.error || answer.data) return null;
        return (
          <div key={service}>
            <p>{words.unanswered(services[service])}</p>
            <Failed error={answer.error} onRetry={() => void answer.refetch()} />
          </div>
        );
      })}
    </>
  );
}

function keyOf({ service, type, failure }: { service: string; type: string; failure: string }) {
  return `${service} ${type} ${failure}`;
}

/** What came of the last try: those that were taken are listed no more. */
function Outcome({ replayed }: { replayed: Replayed | null }) {
  const words = useWords(eventWords);
  const language = useLanguage();
  const failures = replayed?.failures ?? [];
  const reasons = [...new Set(failures)].map((failure) => failureText(failure, language));
  return (
    <>
      <Said>{replayed !== null && replayed.taken > 0 && words.taken(replayed.taken)}</Said>
      {failures.length > 0 && (
        <p className={shared.alert} role="alert">
          {words.failed(failures.length, reasons.join(' '))}
        </p>
      )}
    </>
  );
}
