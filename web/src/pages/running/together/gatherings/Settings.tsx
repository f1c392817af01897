import { useQuery } from '@tanstack/react-query';
import { runTogetherWords } from '../../../../messages/running/together';
import { planningWords } from '../../../../messages/running/togetherGatherings';
import { Field } from '../../../../parts/Field';
import { SelectField } from '../../../../parts/SelectField';
import shared from '../../../../parts/Together.module.css';
import type { Gathering } from '../../../../queries/gatherings';
import { membersQuery } from '../../../../queries/perimeters';
import { useWords } from '../../../../words/language';
import { clockAt } from '../../../../words/parisClock';
import styles from './Gathering.module.css';

type Audience = Gathering['audience'];
const AUDIENCES: readonly Audience[] = ['everybody', 'consumers', 'producers'];
/** By two at most. */
const LEADERS = [0, 1];

interface SettingsProps {
  operation: string;
  gathering: Gathering | undefined;
  audience: Audience;
  onAudience: (audience: Audience) => void;
  leaders: readonly string[];
  onLeaders: (ids: string[]) => void;
}

/** Who is invited, seats and reminders: what is right for most is there already. */
export function Settings(props: SettingsProps) {
  const { operation, gathering, audience, onAudience, leaders, onLeaders } = props;
  const words = useWords(planningWords);
  const { who } = useWords(runTogetherWords);
  const isDraft = !gathering || gathering.state === 'draft';
  return (
    <details>
      <summary>{words.settings}</summary>
      <div className={styles.fields}>
        {isDraft ? (
          <SelectField
            name="audience"
            label={words.audience}
            help={words.audienceStays}
            options={AUDIENCES.map((one) => [one, who[one]] as const)}
            value={audience}
            onChange={onAudience}
          />
        ) : (
          <p className={shared.weak}>
            {who[audience]}. {words.audienceStays}
          </p>
        )}
        <CountField
          name="capacity"
          label={words.capacity}
          help={words.capacityHelp}
          {...{ gathering }}
        />
        <CountField name="max_guests" label={words.maxGuests} {...{ gathering }} />
        <Field
          name="reply_by"
          type="datetime-local"
          label={words.replyBy}
          help={words.replyByHelp}
          defaultValue={gathering?.reply_by ? clockAt(gathering.reply_by) : ''}
          isOptional
        />
        <CountField
          name="remind_days"
          label={words.remindDays}
          help={words.remindHelp}
          {...{ gathering }}
        />
        <Leaders operation={operation} leaders={leaders} onLeaders={onLeaders} />
      </div>
    </details>
  );
}

/** What a new one begins with. */
const USUAL = { capacity: null, max_guests: 2, remind_days: 2 };

interface CountProps {
  name: keyof typeof USUAL;
  label: string;
  help?: string;
  gathering: Gathering | undefined;
}

function CountField({ name, gathering, ...said }: CountProps) {
  return (
    <Field
      name={name}
      type="text"
      inputMode="numeric"
      pattern="\d{1,6}"
      defaultValue={String((gathering ?? USUAL)[name] ?? '')}
      isOptional
      {...said}
    />
  );
}

interface LeadersProps extends Pick<SettingsProps, 'operation' | 'leaders' | 'onLeaders'> {}

function Leaders({ operation, leaders, onLeaders }: LeadersProps) {
  const words = useWords(planningWords);
  const { data: members } = useQuery(membersQuery(operation));
  const names = (members ?? []).map(({ id, name }) => [id, name] as const);
  return LEADERS.map((place) => (
    <SelectField
      key={place}
      name={`leader-${place}`}
      label={words.leader(place + 1)}
      options={[['', words.nobody], ...names]}
      value={leaders[place] ?? ''}
      onChange={(id) =>
        onLeaders(LEADERS.map((one) => (one === place ? id : (leaders[one] ?? ''))))
      }
    />
  ));
}
