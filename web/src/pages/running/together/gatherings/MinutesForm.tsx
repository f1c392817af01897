import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { runTogetherWords } from '../../../../messages/running/together';
import { planningWords } from '../../../../messages/running/togetherGatherings';
import { LongField } from '../../../../parts/LongField';
import { SelectField } from '../../../../parts/SelectField';
import { SendForm } from '../../../../parts/SendForm';
import { writeMinutes } from '../../../../queries/gatheringDesk';
import { type Gathering, type Minutes, minutesQuery } from '../../../../queries/gatherings';
import { pollsQuery } from '../../../../queries/polls';
import { linesIn } from '../../../../words/forms';
import { decisionsIn } from '../../../../words/gatheringForms';
import { useWords } from '../../../../words/language';
import { Rows } from '../Rows';
import styles from './Gathering.module.css';

const MOST_CHARACTERS = 50_000;
const MOST_DECISIONS = 200;

interface MinutesFormProps {
  operation: string;
  gathering: Gathering;
  version: number;
  /** Number of the last edit that is known here; 0: none. */
  edit: number;
  /** What it begins with. */
  minutes: Minutes | undefined;
  onSaved: () => void;
}

/** What was said, and what was decided; the draft of two who write at once is refused, not lost. */
export function MinutesForm(props: MinutesFormProps) {
  const { operation, gathering, version, edit, minutes, onSaved } = props;
  const words = useWords(planningWords);
  const { saveDraft } = useWords(runTogetherWords);
  const queries = useQueryClient();
  // The one whose words are in the form: a newer one may be asked for meanwhile.
  const [seen, setSeen] = useState(edit);
  const [rows, setRows] = useState(Math.max(minutes?.decisions.length ?? 0, 1));
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      writeMinutes(gathering.id, version, {
        content: linesIn(form, 'content'),
        decisions: decisionsIn(form, rows),
        after_edit: seen,
      }),
    onSuccess: async (saved) => {
      setSeen(saved.edit);
      await queries.invalidateQueries(minutesQuery(gathering.id));
      onSaved();
    },
  });
  return (
    <SendForm attempt={attempt} onSend={attempt.mutate} submit={saveDraft} isWide>
      <LongField
        name="content"
        label={words.content}
        help={words.contentHelp}
        rows={10}
        maxLength={MOST_CHARACTERS}
        defaultValue={minutes?.content ?? ''}
      />
      <fieldset className={styles.group}>
        <legend>{words.decisions}</legend>
        <Rows count={rows} onCount={setRows} more={words.moreDecisions} most={MOST_DECISIONS}>
          {(place) => (
            <Decision operation={operation} place={place} decision={minutes?.decisions[place]} />
          )}
        </Rows>
      </fieldset>
    </SendForm>
  );
}

interface DecisionProps {
  operation: string;
  place: number;
  decision: Minutes['decisions'][number] | undefined;
}

function Decision({ operation, place, decision }: DecisionProps) {
  const words = useWords(planningWords);
  const [poll, setPoll] = useState(decision?.poll_id ?? '');
  const { data: polls } = useQuery(pollsQuery([{ id: operation }]));
  const closed = (polls ?? []).filter(({ id, state }) => state === 'closed' || id === poll);
  return (
    <>
      <LongField
        name={`decisions/${place}/text`}
        rows={2}
        label={words.decision(place + 1)}
        maxLength={2000}
        defaultValue={decision?.text ?? ''}
        isOptional
      />
      {closed.length > 0 && (
        <SelectField
          name={`decisions/${place}/poll_id`}
          label={words.itsVote}
          options={[
            ['', words.noVote],
            ...closed.map(({ id, question }) => [id, question] as const),
          ]}
          value={poll}
          onChange={setPoll}
        />
      )}
    </>
  );
}
