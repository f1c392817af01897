import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { correctionsWords } from '../../../messages/running/corrections';
import { Answer } from '../../../parts/Answer';
import { BackToBills } from '../../../parts/Back';
import { Card } from '../../../parts/Card';
import { ChoiceField } from '../../../parts/ChoiceField';
import { Heading } from '../../../parts/Heading';
import { Said } from '../../../parts/Said';
import { SendForm } from '../../../parts/SendForm';
import shared from '../../../parts/Together.module.css';
import {
  type CorrectionPolicy,
  correctionPolicyQuery,
  saveCorrectionPolicy,
} from '../../../queries/correctionPolicies';
import { useWords } from '../../../words/language';
import { useChanged } from '../close/changed';
import { SmallSums } from './SmallSums';

/** How issued invoices are corrected, of themselves and by hand. */
export function Corrections() {
  const { operation } = useParams({ from: '/inside/o/$operation/bills/corrections' });
  const words = useWords(correctionsWords);
  const query = useQuery(correctionPolicyQuery(operation));
  return (
    <>
      <BackToBills operation={operation} />
      <Heading>{words.title}</Heading>
      <p>{words.lead}</p>
      <Card title={words.how}>
        <Answer query={query}>{(policy) => <Form operation={operation} policy={policy} />}</Answer>
      </Card>
      <SmallSums operation={operation} />
      <Card title={words.byHand}>
        <p>{words.byHandHelp}</p>
        <Link className={shared.more} to="/o/$operation/months" params={{ operation }}>
          {words.toMonth}
        </Link>
      </Card>
    </>
  );
}

function Form({ operation, policy }: { operation: string; policy: CorrectionPolicy }) {
  const words = useWords(correctionsWords);
  const changed = useChanged(operation);
  const [chosen, setChosen] = useState(policy);
  const attempt = useMutation({
    mutationFn: () => saveCorrectionPolicy(operation, chosen),
    onSuccess: changed,
  });
  return (
    <>
      <SendForm attempt={attempt} submit={words.save} onSend={() => attempt.mutate()}>
        <ChoiceField
          name="policy"
          label={words.how}
          choices={words.choices}
          chosen={policy}
          onChange={setChosen}
        />
        <p>
          {words.help[chosen]} {chosen !== policy && words.kept}
        </p>
      </SendForm>
      <Said>{attempt.isSuccess && words.saved}</Said>
    </>
  );
}
