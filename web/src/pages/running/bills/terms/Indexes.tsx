import { useState } from 'react';
import { pricesWords } from '../../../../messages/running/prices';
import { Field } from '../../../../parts/Field';
import { SendForm } from '../../../../parts/SendForm';
import type { Index } from '../../../../queries/priceLists';
import { fullDay } from '../../../../words/dates';
import { asTyped, COEFFICIENT_FORM, decimalOf, textIn } from '../../../../words/forms';
import { useLanguage, useWords } from '../../../../words/language';
import { isNamed } from '../../../../words/priceLists';
import { withCoefficient, withoutCoefficient } from '../../../../words/priceTerms';
import { Noted } from './Noted';
import { HERE, NAME_LENGTH, NEW } from './ofTerms';
import { Which } from './Which';

interface IndexesProps {
  indexes: readonly Index[];
  onChange: (indexes: Index[]) => void;
  /** Of the form: a coefficient begins on it, unless it says otherwise. */
  day: string;
}

/** What multiplies prices from a day on, as a contract says for each year. */
export function Indexes({ indexes, onChange, day }: IndexesProps) {
  const words = useWords(pricesWords);
  const language = useLanguage();
  const [chosen, choose] = useState(NEW);
  const count = indexes.flatMap(({ coefficients }) => coefficients).length;
  const note = (form: FormData) => {
    const name = chosen || (textIn(form, 'name') ?? '');
    const coefficient = decimalOf(textIn(form, 'coefficient') ?? '');
    const valid_from = textIn(form, 'coefficient_from') ?? '';
    onChange(withCoefficient(indexes, name, { valid_from, coefficient }));
    choose(name);
  };
  return (
    <details open={indexes.length > 0}>
      <summary>{words.indexes}</summary>
      <p>{words.indexesHelp}</p>
      {indexes.map(({ name, coefficients }) => (
        <div key={name}>
          <p>{words.index(name)}</p>
          <Noted
            lines={coefficients.map(({ valid_from, coefficient }) => ({
              key: valid_from,
              text: words.coefficient(
                fullDay(valid_from, language),
                asTyped(coefficient, language),
              ),
              onEnd: () => onChange(withoutCoefficient(indexes, name, valid_from)),
            }))}
          />
        </div>
      ))}
      <SendForm key={`${count} ${day}`} attempt={HERE} submit={words.saveIndex} onSend={note}>
        <Which
          name="which_index"
          label={words.whichIndex}
          another={words.newIndex}
          all={indexes.map(({ name }) => [name, name] as const)}
          chosen={chosen}
          onChange={choose}
        />
        {chosen === NEW && (
          <Field
            name="name"
            type="text"
            maxLength={NAME_LENGTH}
            label={words.indexName}
            help={words.indexNameHelp}
            validate={(text) => (isNamed(indexes, text) ? words.isNamed : null)}
          />
        )}
        <Field
          name="coefficient"
          type="text"
          inputMode="decimal"
          pattern={COEFFICIENT_FORM}
          label={words.coefficientIs}
          help={words.coefficientHelp}
        />
        <Field
          name="coefficient_from"
          type="date"
          label={words.coefficientFrom}
          defaultValue={day}
        />
      </SendForm>
    </details>
  );
}
