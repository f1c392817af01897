import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { eventWords } from '../../../messages/staff/events';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import shared from '../../../parts/Together.module.css';
import {
  eventsReplayed,
  type ParkedKind,
  type Replayed,
  replay,
} from '../../../queries/parkedEvents';
import { momentOf } from '../../../words/instants';
import { useLanguage, useWords } from '../../../words/language';

interface ReplayingProps {
  kind: ParkedKind;
  onDone: (replayed: Replayed) => void;
}

const ALL = '';

/** Have one event, or all of a kind, tried again. */
export function Replaying({ kind, onDone }: ReplayingProps) {
  const words = useWords(eventWords);
  const language = useLanguage();
  const queries = useQueryClient();
  const [chosen, choose] = useState(ALL);
  const [done, setDone] = useState(0);
  const only = kind.find(({ id }) => id === chosen);
  const events = only ? [only] : kind;
  const attempt = useMutation({
    mutationFn: () => replay(events, setDone),
    onSuccess: onDone,
    // Those before the one that could not be tried are taken.
    onSettled: () => eventsReplayed(queries),
  });
  return (
    <SendForm attempt={attempt} submit={words.replay} isWide onSend={() => attempt.mutate()}>
      {kind.length > 1 && (
        <SelectField
          name="which"
          label={words.which}
          options={[
            [ALL, words.all(kind.length)],
            ...kind.map(
              ({ id, key, parked_at }) =>
                [id, words.one(key, momentOf(parked_at, language))] as const,
            ),
          ]}
          value={only ? chosen : ALL}
          onChange={choose}
        />
      )}
      <p>{words.effect}</p>
      <TickField name="mended" label={words.mended} isRequired />
      {attempt.isPending && events.length > 1 && (
        <p className={shared.weak} role="status">
          {words.done(done, events.length)}
        </p>
      )}
    </SendForm>
  );
}
