import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { capitalRegisterWords } from '../../../messages/staff/capital';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import { Field } from '../../../parts/Field';
import { OnDemand } from '../../../parts/OnDemand';
import { Said } from '../../../parts/Said';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import {
  type CapitalHolders,
  type CapitalKind,
  type CapitalMovementBody,
  capitalChanged,
  everyMemberQuery,
  holdersQuery,
  recordMovement,
} from '../../../queries/capitalRegister';
import { CAPITAL_KINDS, hasGiver, hasReceiver, movementOf } from '../../../words/capitalMovements';
import { dayAt } from '../../../words/dates';
import { centsOf, countIn, EUROS_FORM, eurosTyped, textIn } from '../../../words/forms';
import { useLanguage, useWords } from '../../../words/language';

/** Enter shares that were subscribed, moved on or repaid. */
export function RecordingMovement({ organiserId }: { organiserId: string }) {
  const words = useWords(capitalRegisterWords);
  const queries = useQueryClient();
  const query = useQuery(holdersQuery(organiserId));
  const [id, setId] = useState(() => crypto.randomUUID());
  const attempt = useMutation({
    mutationFn: (body: CapitalMovementBody) => recordMovement(organiserId, id, body),
    onSuccess: async () => {
      await capitalChanged(queries);
      setId(crypto.randomUUID());
    },
  });
  return (
    <Card title={words.recording}>
      <OnDemand summary={words.unfold}>
        {/* Anew once it is recorded: the next one is another movement. */}
        <Answer query={query}>
          {(capital) => <MovementForm key={id} capital={capital} attempt={attempt} />}
        </Answer>
      </OnDemand>
      <Said>{attempt.data ? words.recorded(attempt.data.number) : null}</Said>
    </Card>
  );
}

/** Nobody is chosen before one has chosen. */
const NOBODY = '';

interface MovementFormProps {
  capital: CapitalHolders;
  attempt: {
    error: Error | null;
    isPending: boolean;
    mutate: (body: CapitalMovementBody) => void;
  };
}

/** Each look at all members is noted with each of them: it is made once the form is unfolded. */
function MovementForm({ capital: { holders, ...capital }, attempt }: MovementFormProps) {
  const words = useWords(capitalRegisterWords);
  const language = useLanguage();
  const { data: members = [] } = useQuery(everyMemberQuery);
  const [kind, setKind] = useState<CapitalKind>('subscription');
  const [giver, setGiver] = useState(NOBODY);
  const [receiver, setReceiver] = useState(NOBODY);
  // All shares of a register have the same.
  const nominal = capital.capital_shares > 0 ? capital.amount_cents / capital.capital_shares : null;
  const send = (form: FormData) =>
    attempt.mutate(
      movementOf(kind, giver, receiver, {
        day: textIn(form, 'day') ?? '',
        capital_shares: countIn(form, 'capital_shares'),
        nominal_cents: centsOf(textIn(form, 'nominal') ?? ''),
        document_reference: textIn(form, 'document_reference') ?? '',
      }),
    );
  return (
    <SendForm attempt={attempt} onSend={send} submit={words.record} isWide>
      <SelectField
        name="kind"
        label={words.kind}
        // Nobody holds a share that could be moved on or repaid.
        options={CAPITAL_KINDS.filter((each) => holders.length > 0 || !hasGiver(each)).map(
          (each) => [each, words.kinds[each]] as const,
        )}
        value={kind}
        onChange={setKind}
      />
      {hasGiver(kind) && (
        <SelectField
          name="from_member_id"
          label={words.giver}
          options={[
            [NOBODY, words.choose],
            ...holders.map(({ member_id, name }) => [member_id, name] as const),
          ]}
          value={giver}
          onChange={setGiver}
          isRequired
        />
      )}
      {hasReceiver(kind) && (
        <SelectField
          name="to_member_id"
          label={words.receiver}
          options={[
            [NOBODY, words.choose],
            ...members.map((member) => [member.id, member.name] as const),
          ]}
          value={receiver}
          onChange={setReceiver}
          isRequired
        />
      )}
      <Field
        name="day"
        type="date"
        label={words.day}
        help={words.dayHelp}
        defaultValue={dayAt(new Date())}
      />
      <Field
        name="capital_shares"
        type="text"
        inputMode="numeric"
        pattern="[1-9][0-9]{0,6}"
        label={words.count}
      />
      <Field
        name="nominal"
        type="text"
        inputMode="decimal"
        pattern={EUROS_FORM}
        label={words.nominal}
        help={words.nominalHelp}
        defaultValue={nominal === null ? '' : eurosTyped(nominal, language)}
      />
      <Field
        name="document_reference"
        type="text"
        maxLength={200}
        label={words.reference}
        help={words.referenceHelp}
      />
    </SendForm>
  );
}
