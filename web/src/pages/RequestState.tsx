import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useParams } from '@tanstack/react-router';
import { requestWords } from '../messages/request';
import { Answer } from '../parts/Answer';
import { Card } from '../parts/Card';
import { CopyButton } from '../parts/CopyButton';
import go from '../parts/Go.module.css';
import { Heading } from '../parts/Heading';
import { Hidden } from '../parts/Hidden';
import { Icon } from '../parts/Icon';
import { requestStateQuery, STAGES, type RequestState as State } from '../queries/requests';
import { dayOf } from '../words/instants';
import { useLanguage, useWords } from '../words/language';
import styles from './RequestState.module.css';

/** Where a request is. Its secret stays in the address bar: a bookmark of the page has to work. */
export function RequestState() {
  const words = useWords(requestWords);
  const { request } = useParams({ from: '/requests/$request' });
  const secret = useLocation({ select: ({ hash }) => hash });
  return (
    <>
      <Heading>{words.stateTitle}</Heading>
      {secret ? <OfSecret request={request} secret={secret} /> : <p>{words.noSecret}</p>}
    </>
  );
}

function OfSecret({ request, secret }: { request: string; secret: string }) {
  const words = useWords(requestWords);
  const query = useQuery(requestStateQuery(request, secret));
  const link = `${window.location.origin}/requests/${request}#${secret}`;
  return (
    <Answer query={query}>
      {(state) => (
        <>
          <Now state={state} />
          <Card title={words.keep}>
            <p>{words.keepWhy}</p>
            <div className={styles.keep}>
              <input
                readOnly
                value={link}
                aria-label={words.link}
                onFocus={(event) => event.currentTarget.select()}
              />
              <CopyButton text={link} />
            </div>
          </Card>
          {state.stage === 'declined' ? <Declined /> : <Steps state={state} />}
        </>
      )}
    </Answer>
  );
}

function Now({ state: { stage, stage_since, received_at, reason } }: { state: State }) {
  const words = useWords(requestWords);
  const language = useLanguage();
  return (
    <>
      <p className={styles.now}>{words.stages[stage]}</p>
      <p>{words.next[stage]}</p>
      {reason && <blockquote className={styles.reason}>{reason}</blockquote>}
      <p className={styles.weak}>
        {words.received(dayOf(received_at, language))}
        {stage !== 'received' && ` ${words.since(dayOf(stage_since, language))}`}
      </p>
    </>
  );
}

function Declined() {
  const words = useWords(requestWords);
  return (
    <>
      <p>{words.declinedNext}</p>
      <Link className={go.quiet} to="/request">
        {words.again}
      </Link>
    </>
  );
}

function Steps({ state }: { state: State }) {
  const words = useWords(requestWords);
  const now = STAGES.indexOf(state.stage);
  return (
    <section>
      <h2>{words.steps}</h2>
      <ol className={styles.steps}>
        {STAGES.map((stage, place) => (
          <li key={stage} aria-current={place === now ? 'step' : undefined}>
            {words.stages[stage]}
            {place < now && (
              <>
                <Hidden> ({words.done})</Hidden>
                <Icon name="done" />
              </>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
