import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { quarantineWords } from '../../../messages/staff/quarantine';
import { Card } from '../../../parts/Card';
import { Field } from '../../../parts/Field';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import {
  type Correction,
  correct,
  type Decided,
  decidedInQuarantine,
  pointNameQuery,
  type Quarantined,
} from '../../../queries/quarantine';
import { countIn, digitsIn, PRM_FORM, START_FORM, textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { withUnit } from '../../../words/numbers';

const DIGITS_OF_PRM = 14;
const STEPS = ['5', '10', '15', '30', '60'] as const;
type Step = (typeof STEPS)[number];

interface CorrectingProps {
  record: Quarantined;
  onDone: (decided: Decided) => void;
}

/** The reading that the meter recorded, in the place of a record that says something else. */
export function Correcting({ record, onDone }: CorrectingProps) {
  const words = useWords(quarantineWords);
  const queries = useQueryClient();
  const { reading } = record;
  const [prm, setPrm] = useState(reading?.prm ?? '');
  const [direction, setDirection] = useState<Correction['direction']>(
    reading?.direction ?? 'consumption',
  );
  const [step, setStep] = useState<Step>(
    STEPS.find((one) => Number(one) === reading?.step_min) ?? '30',
  );
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      correct(record, {
        prm: digitsIn(form, 'prm') ?? '',
        direction,
        start: textIn(form, 'start') ?? '',
        step_min: Number(step) as Correction['step_min'],
        power_w: countIn(form, 'power_w'),
        because: textIn(form, 'because') ?? '',
      }),
    onSuccess: async (decided) => {
      onDone(decided);
      await decidedInQuarantine(queries);
    },
  });
  return (
    <Card title={words.correct}>
      <SendForm attempt={attempt} submit={words.correctGo} isWide onSend={attempt.mutate}>
        <Field
          name="prm"
          type="text"
          inputMode="numeric"
          pattern={PRM_FORM}
          label={words.prm}
          defaultValue={prm}
          onChange={setPrm}
        />
        <SelectField
          name="direction"
          label={words.direction}
          options={(['consumption', 'production'] as const).map(
            (one) => [one, words.directions[one]] as const,
          )}
          value={direction}
          onChange={setDirection}
        />
        <Field
          name="start"
          type="text"
          pattern={START_FORM}
          label={words.start}
          help={words.startHelp}
          defaultValue={reading?.start ?? ''}
        />
        <SelectField
          name="step_min"
          label={words.step}
          options={STEPS.map((one) => [one, withUnit(one, 'min')] as const)}
          value={step}
          onChange={setStep}
        />
        <Field
          name="power_w"
          type="text"
          inputMode="numeric"
          pattern="\s*\d{1,10}\s*"
          label={words.power}
        />
        <Effect prm={prm.replaceAll(/\s/g, '')} />
        <Field
          name="because"
          type="text"
          maxLength={500}
          label={words.because}
          help={words.becauseHelp}
        />
        <TickField name="sure" label={words.sure} isRequired />
      </SendForm>
    </Card>
  );
}

/** For which point the reading will count, as soon as its PRM is there. */
function Effect({ prm }: { prm: string }) {
  const words = useWords(quarantineWords);
  const isWhole = prm.length === DIGITS_OF_PRM;
  const { data: name } = useQuery({ ...pointNameQuery(prm), enabled: isWhole });
  if (!isWhole) return null;
  return <p role="status">{words.correctHelp(words.toWhom(prm, name))}</p>;
}
