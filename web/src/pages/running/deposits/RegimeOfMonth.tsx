import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { depositWords } from '../../../messages/running/deposits';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import { Field } from '../../../parts/Field';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import shared from '../../../parts/Together.module.css';
import {
  chooseRegime,
  type RegimeChoice,
  type Regimes,
  regimesQuery,
} from '../../../queries/deposits';
import { fullDay, monthAt } from '../../../words/dates';
import { textIn } from '../../../words/forms';
import { useLanguage, useWords } from '../../../words/language';
import { useChanged } from '../close/changed';
import type { OfMonth } from '../close/Step';

/** When the month's coefficients are set, who says so, and the way to choose otherwise. */
export function RegimeOfMonth({ operation, month }: OfMonth) {
  const words = useWords(depositWords);
  const query = useQuery(regimesQuery(operation, month));
  return (
    <Card title={words.regime}>
      <Answer query={query}>
        {(regimes) => (
          <>
            <InForce regimes={regimes} />
            {month > monthAt(new Date()) && (
              <details>
                <summary>{words.change}</summary>
                <Choosing operation={operation} month={month} regimes={regimes} />
              </details>
            )}
          </>
        )}
      </Answer>
    </Card>
  );
}

function InForce({ regimes: { in_force, national } }: { regimes: Regimes }) {
  const words = useWords(depositWords);
  const language = useLanguage();
  return (
    <>
      <p>
        {`${words.regimes[in_force.regime]} ${in_force.is_default ? words.byDefault : words.chosen}`}
      </p>
      {in_force.automatic_deposit_on && (
        <p>{words.automaticOn(fullDay(in_force.automatic_deposit_on, language))}</p>
      )}
      <p className={shared.weak}>{in_force.is_verified ? words.verified : words.unverified}</p>
      <details>
        <summary>{words.sources}</summary>
        <ul className={shared.list}>
          {national.map(({ regime, start, source }) => (
            <li key={source}>
              <p className={shared.plain}>
                {`${words.choices[regime]} · ${start ? fullDay(start, language) : words.announced}`}
              </p>
              <p className={shared.weak} lang="en">
                {source}
              </p>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

interface ChoosingProps extends OfMonth {
  regimes: Regimes;
}

function Choosing({ operation, month, regimes }: ChoosingProps) {
  const words = useWords(depositWords);
  const changed = useChanged(operation);
  const { in_force, choices } = regimes;
  const before = choices.findLast(({ from_month }) => from_month <= month);
  const [regime, setRegime] = useState(in_force.regime);
  const [otherwise, setOtherwise] = useState(in_force.without_deposit);
  const attempt = useMutation({
    mutationFn: (body: RegimeChoice) => chooseRegime(operation, month, body),
    onSuccess: changed,
  });
  const send = (form: FormData) => {
    const days = textIn(form, 'days');
    const automaticDays = textIn(form, 'automatic');
    attempt.mutate({
      regime,
      deposit_days: days === null ? null : Number(days),
      without_deposit: otherwise,
      automatic_deposit_days: automaticDays === null ? null : Number(automaticDays),
    });
  };
  return (
    <SendForm attempt={attempt} submit={words.choose} onSend={send}>
      <SelectField
        name="regime"
        label={words.choice}
        options={[
          ['after_the_month', words.choices.after_the_month],
          ['before_the_month', words.choices.before_the_month],
        ]}
        value={regime}
        onChange={setRegime}
      />
      <Field
        name="days"
        type="text"
        inputMode="numeric"
        pattern="\d{1,2}"
        maxLength={2}
        label={words.days}
        help={words.daysHelp}
        defaultValue={String(before?.deposit_days ?? '')}
        isOptional
      />
      <SelectField
        name="otherwise"
        label={words.otherwise}
        options={[
          ['default_key', words.otherwises.default_key],
          ['last_deposit', words.otherwises.last_deposit],
        ]}
        value={otherwise}
        onChange={setOtherwise}
      />
      {regime === 'before_the_month' && (
        <Field
          name="automatic"
          type="text"
          inputMode="numeric"
          pattern="\d{1,2}"
          maxLength={2}
          label={words.automatic}
          help={words.automaticHelp}
          defaultValue={String(before?.automatic_deposit_days ?? '')}
          isOptional
        />
      )}
    </SendForm>
  );
}
