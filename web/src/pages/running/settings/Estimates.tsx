import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { estimatingWords } from '../../../messages/running/estimating';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import { Field } from '../../../parts/Field';
import fields from '../../../parts/Field.module.css';
import { Said } from '../../../parts/Said';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import {
  type EstimationPolicy,
  estimationPolicyQuery,
  saveEstimationPolicy,
} from '../../../queries/estimations';
import { methodsInOrder } from '../../../words/estimations';
import { countIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { useChanged } from '../close/changed';

/** By which rules missing readings are filled. */
export function Estimates({ operation }: { operation: string }) {
  const words = useWords(estimatingWords);
  const query = useQuery(estimationPolicyQuery(operation));
  return (
    <Card title={words.title}>
      <p>{words.help}</p>
      <Answer query={query}>{(policy) => <Form operation={operation} policy={policy} />}</Answer>
    </Card>
  );
}

function Form({ operation, policy }: { operation: string; policy: EstimationPolicy }) {
  const words = useWords(estimatingWords);
  const changed = useChanged(operation);
  const [methods, setMethods] = useState(policy.methods);
  // As they are tried; those that are not allowed come last.
  const [all] = useState(() => methodsInOrder(policy.methods));
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      saveEstimationPolicy(operation, {
        methods: all.filter((method) => methods.includes(method)),
        interpolation_max_min: form.has('longest')
          ? countIn(form, 'longest')
          : policy.interpolation_max_min,
      }),
    onSuccess: changed,
  });
  return (
    <>
      <SendForm attempt={attempt} submit={words.save} onSend={attempt.mutate}>
        <fieldset className={fields.choices}>
          <legend>{words.which}</legend>
          {all.map((method) => (
            <TickField
              key={method}
              name={method}
              label={words.methods[method]}
              isTicked={policy.methods.includes(method)}
              onChange={(isTicked) =>
                setMethods(
                  isTicked ? [...methods, method] : methods.filter((other) => other !== method),
                )
              }
            />
          ))}
        </fieldset>
        {methods.includes('interpolation') && (
          <Field
            name="longest"
            type="text"
            inputMode="numeric"
            pattern={MINUTES_FORM}
            label={words.longest}
            help={words.longestHelp}
            defaultValue={String(policy.interpolation_max_min)}
          />
        )}
        <p>{methods.length === 0 ? words.none : words.only}</p>
      </SendForm>
      <Said>{attempt.isSuccess && words.saved}</Said>
    </>
  );
}

/** Up to a day. */
const MINUTES_FORM = String.raw`\s*(\d{1,3}|1[0-3]\d\d|14[0-3]\d|1440)\s*`;
