import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { keyKindWords } from '../../../messages/running/keyKinds';
import { simulationWords } from '../../../messages/running/simulations';
import { Field } from '../../../parts/Field';
import fields from '../../../parts/Field.module.css';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import shared from '../../../parts/Together.module.css';
import type { Key } from '../../../queries/keys';
import type { Perimeter } from '../../../queries/perimeters';
import { type SimulationIn, simulate } from '../../../queries/simulations';
import { dayAt } from '../../../words/dates';
import {
  FAIRNESSES,
  type Fairness,
  SEARCHES,
  type Searched,
  simulationOf,
} from '../../../words/keyRequests';
import { comparable, MOST_SCENARIOS } from '../../../words/keyScenarios';
import { useLanguage, useWords } from '../../../words/language';
import { consumersOf } from '../../../words/standing';
import { useChanged } from '../close/changed';
import { keyName } from './names';
import { PeriodFields } from './PeriodFields';
import { PriceFields } from './PriceFields';

interface CompareFormProps {
  perimeter: Perimeter;
  keys: readonly Key[];
  /** That are over, the last one first. */
  months: readonly string[];
}

/** Beside today's and two of the page's own. */
const MOST_KEYS = MOST_SCENARIOS - 3;

export function CompareForm({ perimeter, keys, months }: CompareFormProps) {
  const words = useWords(simulationWords);
  const { names } = useWords(keyKindWords);
  const language = useLanguage();
  const operation = perimeter.id;
  const [search, setSearch] = useState<Searched>('energy');
  const [fairness, setFairness] = useState<Fairness>('0.5');
  const attempt = useRunning(operation);
  const tried = comparable(keys)
    .slice(0, MOST_KEYS)
    .map((key) => ({ key, name: keyName(key, language) }));
  const send = (form: FormData) =>
    attempt.mutate(
      simulationOf(form, {
        operation,
        keys: tried,
        consumers: consumersOf(perimeter, dayAt(new Date())),
        names: { today: words.today, byUse: names.default_dynamic, equal: words.equal },
        search,
        fairness,
      }),
    );
  return (
    <SendForm attempt={attempt} submit={words.run} isWide onSend={send}>
      <fieldset className={fields.choices}>
        <legend>{words.what}</legend>
        <p className={shared.weak}>{words.always(words.today)}</p>
        {tried.map(({ key, name }) => (
          <TickField key={key.id} name={`key ${key.id}`} label={name} isTicked />
        ))}
        <TickField name="by_use" label={names.default_dynamic} isTicked={tried.length === 0} />
        <TickField name="equal" label={words.equal} isTicked={tried.length === 0} />
      </fieldset>
      <SelectField
        name="search"
        label={words.search}
        help={words.searchHelp}
        options={SEARCHES.map((one) => [one, words.searches[one]] as const)}
        value={search}
        onChange={setSearch}
      />
      {search !== 'none' && (
        <SelectField
          name="fairness"
          label={words.fairness}
          options={FAIRNESSES.map((one) => [one, words.fairnesses[one]] as const)}
          value={fairness}
          onChange={setFairness}
        />
      )}
      <PeriodFields months={months} />
      <PriceFields operation={operation} />
      <Field name="title" type="text" label={words.name} maxLength={120} isOptional />
    </SendForm>
  );
}

/** Asks for it, and goes where it is shown. */
function useRunning(operation: string) {
  const changed = useChanged(operation);
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (body: SimulationIn) => simulate(body),
    onSuccess: async ({ id }) => {
      await navigate({
        to: '/o/$operation/keys/compare/$simulation',
        params: { operation, simulation: id },
      });
      await changed();
    },
  });
}
