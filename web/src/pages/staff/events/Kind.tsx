import { staffAreaWords } from '../../../messages/staff/area';
import { eventWords } from '../../../messages/staff/events';
import { Card } from '../../../parts/Card';
import chips from '../../../parts/Chip.module.css';
import facts from '../../../parts/Facts.module.css';
import shared from '../../../parts/Together.module.css';
import type { ParkedEvent, ParkedKind, Replayed } from '../../../queries/parkedEvents';
import { eventName, failureText } from '../../../words/events';
import { momentOf } from '../../../words/instants';
import { useLanguage, useWords } from '../../../words/language';
import { Replaying } from './Replaying';

interface KindProps {
  kind: ParkedKind;
  onDone: (replayed: Replayed) => void;
}

/** Events that a service could not take for the same reason: what, since when, why. */
export function Kind({ kind, onDone }: KindProps) {
  const words = useWords(eventWords);
  const { services } = useWords(staffAreaWords);
  const language = useLanguage();
  const [{ service, type, failure, parked_at }] = kind;
  return (
    <Card title={eventName(type, language)}>
      <p>
        <span className={chips.chip}>{services[service]}</span>{' '}
        {words.known(kind.length, momentOf(parked_at, language))}
      </p>
      <dl className={facts.told}>
        <dt>{words.why}</dt>
        <dd>{failureText(failure, language)}</dd>
      </dl>
      <details>
        <summary>{words.details(kind.length)}</summary>
        <ul className={shared.list}>
          {kind.map((event) => (
            <li key={event.id}>
              <Line event={event} />
            </li>
          ))}
        </ul>
      </details>
      <Replaying kind={kind} onDone={onDone} />
    </Card>
  );
}

function Line({ event: { key, attempts, parked_at } }: { event: ParkedEvent }) {
  const words = useWords(eventWords);
  const language = useLanguage();
  return (
    <>
      <code>{key}</code>
      <p className={shared.weak}>
        {momentOf(parked_at, language)}, {words.attempts(attempts)}
      </p>
    </>
  );
}
