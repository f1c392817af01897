import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { dsoFileWords } from '../../../messages/staff/dsoFiles';
import { Card } from '../../../parts/Card';
import { Field } from '../../../parts/Field';
import { Said } from '../../../parts/Said';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import { askPull, pullsChanged } from '../../../queries/dsoFiles';
import { dayLater, lastMonthOver, monthLater } from '../../../words/dates';
import { textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { PULL_KINDS, type PullKind, pullOf } from '../../../words/pulls';

/** Ask the grid operator for an operation's data outside the schedule. */
export function AskingPull() {
  const words = useWords(dsoFileWords);
  const queries = useQueryClient();
  const [kind, setKind] = useState<PullKind>('load_curve');
  const [month] = useState(() => lastMonthOver(new Date()));
  const attempt = useMutation({ mutationFn: askPull, onSuccess: () => pullsChanged(queries) });
  const pulled = attempt.data;
  const send = (form: FormData) => {
    const written = (name: string) => textIn(form, name) ?? '';
    attempt.mutate(
      pullOf(kind, written('operation_id'), written('first_day'), written('last_day')),
    );
  };
  return (
    <Card title={words.askFor}>
      <p>{words.askHelp}</p>
      <SendForm attempt={attempt} onSend={send} submit={words.ask} isWide>
        <Field name="operation_id" type="text" label={words.operation} help={words.operationHelp} />
        <SelectField
          name="kind"
          label={words.kind}
          options={PULL_KINDS.map((each) => [each, words.kinds[each]])}
          value={kind}
          onChange={setKind}
        />
        <Field
          name="first_day"
          type="date"
          label={words.firstDay}
          defaultValue={`${month}-01`}
          {...(kind === 'load_curve' ? {} : { help: words.wholeMonths })}
        />
        <Field
          name="last_day"
          type="date"
          label={words.lastDay}
          defaultValue={dayLater(`${monthLater(month, 1)}-01`, -1)}
        />
      </SendForm>
      <Said>{pulled ? words.pulled(pulled.added, pulled.waited_already) : null}</Said>
      {pulled && pulled.without_participation.length > 0 && (
        <p>{words.withoutParticipation(pulled.without_participation.join(', '))}</p>
      )}
    </Card>
  );
}
