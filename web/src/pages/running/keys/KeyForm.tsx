import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { keyFormWords } from '../../../messages/running/keyForm';
import { keyKindWords } from '../../../messages/running/keyKinds';
import { Answer } from '../../../parts/Answer';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import { draftKey, type KeyIn } from '../../../queries/keyLife';
import type { Key } from '../../../queries/keys';
import { type Perimeter, perimeterQuery } from '../../../queries/perimeters';
import { type Policy, policyQuery } from '../../../queries/shares';
import { dayAt, dayLater } from '../../../words/dates';
import { textIn } from '../../../words/forms';
import {
  definitionOf,
  type FormKind,
  formKindOf,
  KEY_KINDS,
  percentsOf,
  ranksOf,
} from '../../../words/keyForms';
import { useLanguage, useWords } from '../../../words/language';
import { consumersOf } from '../../../words/standing';
import { useChanged } from '../close/changed';
import { HeadFields } from './HeadFields';
import { PercentFields, RankFields } from './PartFields';

interface KeyFormProps {
  operation: string;
  /** Of the draft that it writes. */
  id: string;
  /** As it was before. */
  draft?: Key;
  onSaved: (key: Key) => void;
}

/** A draft, from its name to everybody's part. */
export function KeyForm(props: KeyFormProps) {
  const perimeter = useQuery(perimeterQuery(props.operation));
  const policy = useQuery(policyQuery(props.operation));
  return (
    <Answer query={perimeter}>
      {(known) => (
        <Answer query={policy}>
          {(chosen) => <Fields {...props} perimeter={known} policy={chosen} />}
        </Answer>
      )}
    </Answer>
  );
}

interface FieldsProps extends KeyFormProps {
  perimeter: Perimeter;
  policy: Policy;
}

function Fields({ operation, id, draft, onSaved, perimeter, policy }: FieldsProps) {
  const words = useWords(keyFormWords);
  const kinds = useWords(keyKindWords);
  const changed = useChanged(operation);
  const today = dayAt(new Date());
  const language = useLanguage();
  const consumers = consumersOf(perimeter, today);
  const before = draft?.definition;
  const kept = before && formKindOf(before) === 'kept';
  const [kind, setKind] = useState<FormKind>(before ? formKindOf(before) : 'default_dynamic');
  const [percents, setPercents] = useState(() => percentsOf(before, consumers, language));
  const [ranks, setRanks] = useState(() => ranksOf(before, consumers));
  const attempt = useMutation({
    mutationFn: (body: KeyIn) => draftKey(operation, id, body),
    onSuccess: async (key) => {
      await changed();
      onSaved(key);
    },
  });
  const bodyOf = (form: FormData): KeyIn => {
    const last = textIn(form, 'last');
    return {
      title: textIn(form, 'title'),
      valid_from: String(form.get('valid_from')),
      valid_to: last && dayLater(last, 1),
      poll_id: draft?.poll_id ?? null,
      definition: kind === 'kept' ? (before ?? {}) : definitionOf(kind, percents, ranks),
    };
  };
  const offered: readonly FormKind[] = kept ? ['kept', ...KEY_KINDS] : KEY_KINDS;
  return (
    <SendForm
      attempt={attempt}
      submit={words.save}
      isWide
      onSend={(form) => attempt.mutate(bodyOf(form))}
    >
      <HeadFields draft={draft} noticeDays={policy.notice_days} />
      <SelectField
        name="kind"
        label={words.kind}
        help={kinds.helps[kind]}
        options={offered.map((one) => [one, kinds.names[one]] as const)}
        value={kind}
        onChange={setKind}
      />
      {(kind === 'static' || kind === 'static_redistribute') && (
        <PercentFields
          operation={operation}
          prms={consumers}
          values={percents}
          onChange={setPercents}
        />
      )}
      {kind === 'priority' && (
        <RankFields operation={operation} prms={consumers} values={ranks} onChange={setRanks} />
      )}
    </SendForm>
  );
}
