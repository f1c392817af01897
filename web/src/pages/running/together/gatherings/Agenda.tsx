import { planningWords } from '../../../../messages/running/togetherGatherings';
import { Field } from '../../../../parts/Field';
import type { Gathering } from '../../../../queries/gatherings';
import { useWords } from '../../../../words/language';
import { Rows } from '../Rows';
import styles from './Gathering.module.css';

const MOST = 50;

interface AgendaProps {
  agenda: Gathering['agenda'];
  count: number;
  onCount: (count: number) => void;
}

/** What is talked about, in order. */
export function Agenda({ agenda, count, onCount }: AgendaProps) {
  const words = useWords(planningWords);
  return (
    <fieldset className={styles.group}>
      <legend>{words.agenda}</legend>
      <Rows count={count} onCount={onCount} more={words.moreSubjects} most={MOST}>
        {(place) => (
          <div className={styles.subject}>
            <Field
              name={`agenda/${place}/title`}
              type="text"
              label={words.subject}
              maxLength={200}
              defaultValue={agenda[place]?.title ?? ''}
              isOptional
            />
            <Field
              name={`agenda/${place}/minutes`}
              type="text"
              inputMode="numeric"
              pattern="\d{1,4}"
              label={words.minutesLong}
              defaultValue={String(agenda[place]?.minutes ?? '')}
              isOptional
            />
            <Field
              name={`agenda/${place}/speaker`}
              type="text"
              label={words.speaker}
              maxLength={200}
              defaultValue={agenda[place]?.speaker ?? ''}
              isOptional
            />
          </div>
        )}
      </Rows>
    </fieldset>
  );
}
