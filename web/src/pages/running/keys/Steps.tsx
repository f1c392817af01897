import { useMutation, useQuery } from '@tanstack/react-query';
import { keyLifeWords } from '../../../messages/running/keyLife';
import { Field } from '../../../parts/Field';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import { activateKey, approveKey, declareKey } from '../../../queries/keyLife';
import { type Key, keysQuery } from '../../../queries/keys';
import { dayAt, fullDay } from '../../../words/dates';
import { earliestStart } from '../../../words/keySteps';
import { useLanguage, useWords } from '../../../words/language';
import { useChanged } from '../close/changed';
import { keyName } from './names';

export interface OfVersion {
  operation: string;
  version: Key;
}

/** Fix a draft. */
export function Approving({ operation, version }: OfVersion) {
  const words = useWords(keyLifeWords);
  const changed = useChanged(operation);
  const attempt = useMutation({
    mutationFn: () => approveKey(operation, version.id),
    onSuccess: changed,
  });
  return (
    <>
      <p>{words.approveHelp}</p>
      <SendForm attempt={attempt} submit={words.approve} onSend={() => attempt.mutate()}>
        <TickField name="checked" label={words.mayApprove} isRequired />
      </SendForm>
    </>
  );
}

/** Note on which day the DSO was told. */
export function Declaring({ operation, version, noticeDays }: OfVersion & { noticeDays: number }) {
  const words = useWords(keyLifeWords);
  const language = useLanguage();
  const changed = useChanged(operation);
  const today = dayAt(new Date());
  const attempt = useMutation({
    mutationFn: (day: string) => declareKey(operation, version.id, day),
    onSuccess: changed,
  });
  const earliest = fullDay(earliestStart(today, noticeDays), language);
  return (
    <>
      <p>{words.declareHelp(noticeDays, earliest)}</p>
      <SendForm
        attempt={attempt}
        submit={words.declare}
        onSend={(form) => attempt.mutate(String(form.get('declared_on')))}
      >
        <Field name="declared_on" type="date" label={words.declaredDay} defaultValue={today} />
        <TickField name="checked" label={words.isDeclared} isRequired />
      </SendForm>
    </>
  );
}

/** Have it share, from its first day on. */
export function Activating({ operation, version }: OfVersion) {
  const words = useWords(keyLifeWords);
  const language = useLanguage();
  const changed = useChanged(operation);
  const { data: keys = [] } = useQuery(keysQuery(operation));
  const attempt = useMutation({
    mutationFn: () => activateKey(operation, version.id),
    onSuccess: changed,
  });
  const { valid_from } = version;
  const before = keys.find(
    (key) =>
      key.state === 'active' &&
      key.valid_from < valid_from &&
      (key.in_force_to === null || key.in_force_to > valid_from),
  );
  return (
    <>
      <p>
        {words.activateHelp(
          fullDay(valid_from, language),
          before ? keyName(before, language) : null,
        )}
      </p>
      <SendForm attempt={attempt} submit={words.activate} onSend={() => attempt.mutate()}>
        <TickField name="checked" label={words.isChecked} isRequired />
      </SendForm>
    </>
  );
}
