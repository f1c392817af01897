import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { taxesWords } from '../../../messages/running/taxes';
import { ChoiceField } from '../../../parts/ChoiceField';
import { Field } from '../../../parts/Field';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import {
  type AcciseCategory,
  type AcciseEntry,
  type AcciseRegime,
  saveAccise,
} from '../../../queries/accise';
import { membersQuery, perimeterQuery } from '../../../queries/perimeters';
import { textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { useChanged } from '../close/changed';
import { useNames } from '../names';

interface AcciseFormProps {
  operation: string;
  /** What holds so far, to be changed. */
  entry: AcciseEntry | undefined;
  firstDay: string;
  onSaved?: () => void;
}

/** A decision from a day on. */
export function AcciseForm({ operation, entry, firstDay, onSaved }: AcciseFormProps) {
  const words = useWords(taxesWords);
  const changed = useChanged(operation);
  const [regime, setRegime] = useState<AcciseRegime>(entry?.regime ?? 'exempt');
  const [categories, setCategories] = useState(entry?.categories ?? {});
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      saveAccise(operation, {
        valid_from: textIn(form, 'valid_from') ?? '',
        regime,
        legal_basis: textIn(form, 'legal_basis'),
        evidence: textIn(form, 'evidence'),
        categories,
      }),
    onSuccess: () => {
      onSaved?.();
      return changed();
    },
  });
  return (
    <SendForm attempt={attempt} submit={words.save} onSend={attempt.mutate} isWide>
      <ChoiceField
        name="regime"
        label={words.choice}
        choices={words.choices}
        chosen={regime}
        onChange={setRegime}
      />
      <Field
        name="valid_from"
        type="date"
        label={words.validFrom}
        help={words.validFromHelp}
        defaultValue={firstDay}
      />
      {regime === 'exempt' && <Exemption entry={entry} />}
      {regime === 'standard' && (
        <Categories operation={operation} categories={categories} onChange={setCategories} />
      )}
      <p>
        {words.effect[regime]} {words.kept}
      </p>
      <TickField name="checked" label={words.checked} isRequired />
    </SendForm>
  );
}

function Exemption({ entry }: Pick<AcciseFormProps, 'entry'>) {
  const words = useWords(taxesWords);
  return (
    <>
      <Field
        name="legal_basis"
        type="text"
        maxLength={200}
        label={words.legalBasis}
        help={words.legalBasisHelp}
        defaultValue={entry?.legal_basis ?? words.usualBasis}
      />
      <Field
        name="evidence"
        type="text"
        maxLength={200}
        label={words.evidence}
        help={words.evidenceHelp}
        defaultValue={entry?.evidence ?? ''}
      />
    </>
  );
}

interface CategoriesProps {
  operation: string;
  categories: Record<string, AcciseCategory>;
  onChange: (categories: Record<string, AcciseCategory>) => void;
}

type Choice = AcciseCategory | '';

/** Of points of professionals, whose power may not decide. */
function Categories({ operation, categories, onChange }: CategoriesProps) {
  const words = useWords(taxesWords);
  const names = useNames(operation);
  const { data: perimeter } = useQuery(perimeterQuery(operation));
  const { data: members = [] } = useQuery(membersQuery(operation));
  const households = new Set(
    members.filter(({ kind }) => kind === 'household').map(({ id }) => id),
  );
  const points = (perimeter?.participations ?? [])
    .filter(({ direction, member_id }) => direction === 'consumption' && !households.has(member_id))
    .map(({ prm }) => prm);
  return (
    <details>
      <summary>{words.categories}</summary>
      <p>{words.categoriesHelp}</p>
      {[...new Set(points)].map((prm) => (
        <SelectField<Choice>
          key={prm}
          name="category"
          label={names.ofPoint(prm)}
          options={Object.entries(words.category) as [Choice, string][]}
          value={categories[prm] ?? ''}
          onChange={(choice) => {
            const { [prm]: _, ...others } = categories;
            onChange(choice === '' ? others : { ...others, [prm]: choice });
          }}
        />
      ))}
    </details>
  );
}
