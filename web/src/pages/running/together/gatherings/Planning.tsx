import { useState } from 'react';
import { gatheringWords } from '../../../../messages/gatherings';
import { planningWords } from '../../../../messages/running/togetherGatherings';
import { Field } from '../../../../parts/Field';
import { LongField } from '../../../../parts/LongField';
import { SelectField } from '../../../../parts/SelectField';
import { SendForm } from '../../../../parts/SendForm';
import type { GatheringIn } from '../../../../queries/gatheringDesk';
import type { Gathering } from '../../../../queries/gatherings';
import { gatheringIn, type Repeat } from '../../../../words/gatheringForms';
import { useWords } from '../../../../words/language';
import { clockAt } from '../../../../words/parisClock';
import { Agenda } from './Agenda';
import { Repeating } from './Repeating';
import { Settings } from './Settings';

const KINDS: readonly Gathering['kind'][] = ['assembly', 'workshop', 'visit', 'video_call'];

interface PlanningProps {
  operation: string;
  gathering?: Gathering;
  attempt: { error: Error | null; isPending: boolean };
  submit: string;
  /** repeat, times: of a new one. */
  onSend: (gathering: GatheringIn, repeat: Repeat, form: FormData) => void;
}

/** What a gathering is, where and when: a draft, or one that was announced. */
export function Planning({ operation, gathering, attempt, submit, onSend }: PlanningProps) {
  const words = useWords(planningWords);
  const { kinds } = useWords(gatheringWords);
  const [kind, setKind] = useState(gathering?.kind ?? 'assembly');
  const [audience, setAudience] = useState(gathering?.audience ?? 'everybody');
  const [leaders, setLeaders] = useState(gathering?.facilitator_ids ?? []);
  const [subjects, setSubjects] = useState(Math.max(gathering?.agenda.length ?? 0, 1));
  const [repeat, setRepeat] = useState<Repeat>('once');
  const send = (form: FormData) => {
    const chosen = { operation_id: operation, kind, audience, facilitator_ids: leaders, subjects };
    onSend(gatheringIn(form, chosen, gathering), repeat, form);
  };
  return (
    <SendForm attempt={attempt} submit={submit} isWide onSend={send}>
      <Field
        name="title"
        type="text"
        label={words.heading}
        maxLength={200}
        defaultValue={gathering?.title ?? ''}
      />
      <SelectField
        name="kind"
        label={words.kind}
        options={KINDS.map((one) => [one, kinds[one]] as const)}
        value={kind}
        onChange={setKind}
      />
      <When gathering={gathering} />
      {!gathering && <Repeating repeat={repeat} onRepeat={setRepeat} />}
      <LongField
        name="place"
        label={words.place}
        help={words.placeHelp}
        rows={2}
        maxLength={500}
        defaultValue={gathering?.place ?? ''}
        isOptional
      />
      <Field
        name="url"
        type="url"
        label={words.url}
        maxLength={1000}
        pattern="https?://.+"
        defaultValue={gathering?.url ?? ''}
        isOptional={kind !== 'video_call'}
      />
      <LongField
        name="description"
        label={words.description}
        maxLength={5000}
        defaultValue={gathering?.description ?? ''}
        isOptional
      />
      <Agenda agenda={gathering?.agenda ?? []} count={subjects} onCount={setSubjects} />
      <Settings
        operation={operation}
        gathering={gathering}
        audience={audience}
        onAudience={setAudience}
        leaders={leaders}
        onLeaders={setLeaders}
      />
    </SendForm>
  );
}

function When({ gathering }: { gathering: Gathering | undefined }) {
  const words = useWords(planningWords);
  return (
    <>
      <Field
        name="starts_at"
        type="datetime-local"
        label={words.starts}
        help={words.inParis}
        defaultValue={gathering ? clockAt(gathering.starts_at) : ''}
      />
      <Field
        name="ends_at"
        type="datetime-local"
        label={words.ends}
        defaultValue={gathering ? clockAt(gathering.ends_at) : ''}
      />
    </>
  );
}
