import { useMutation, useQuery } from '@tanstack/react-query';
import { paymentRefusals } from '../../../messages/refusals/payments';
import { routingWords } from '../../../messages/running/routing';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import facts from '../../../parts/Facts.module.css';
import { Field } from '../../../parts/Field';
import { MoreRefusals } from '../../../parts/Refusal';
import { Said } from '../../../parts/Said';
import { SendForm } from '../../../parts/SendForm';
import { type Routing, routingQuery, saveRouting } from '../../../queries/routings';
import { digitsIn, SIRET_FORM, textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { useChanged } from '../close/changed';

interface InvoiceRoutingProps {
  operation: string;
  member: string;
  kind: 'company' | 'public_body';
}

/** By what a company or a public body finds its invoices. */
export function InvoiceRouting({ operation, member, kind }: InvoiceRoutingProps) {
  const words = useWords(routingWords);
  const query = useQuery(routingQuery(operation, member));
  return (
    <Card title={words.title}>
      <p>{words.lead[kind]}</p>
      <Answer query={query}>
        {(routing) => (
          <MoreRefusals value={paymentRefusals}>
            <Numbers routing={routing} />
            <details>
              <summary>{words.edit}</summary>
              <Form operation={operation} member={member} routing={routing} />
            </details>
          </MoreRefusals>
        )}
      </Answer>
    </Card>
  );
}

function Numbers({ routing: { siret, service_code, commitment_number } }: { routing: Routing }) {
  const words = useWords(routingWords);
  return (
    <dl className={facts.told}>
      <dt>{words.siret}</dt>
      <dd>{siret ?? words.unknown}</dd>
      <dt>{words.service}</dt>
      <dd>{service_code ?? words.unknown}</dd>
      <dt>{words.commitment}</dt>
      <dd>{commitment_number ?? words.unknown}</dd>
    </dl>
  );
}

interface FormProps extends Omit<InvoiceRoutingProps, 'kind'> {
  routing: Routing;
}

function Form({ operation, member, routing }: FormProps) {
  const words = useWords(routingWords);
  const changed = useChanged(operation);
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      saveRouting(member, {
        siret: digitsIn(form, 'siret'),
        service_code: textIn(form, 'service_code'),
        commitment_number: textIn(form, 'commitment_number'),
      }),
    onSuccess: changed,
  });
  return (
    <>
      <SendForm attempt={attempt} submit={words.save} onSend={attempt.mutate}>
        <Field
          name="siret"
          type="text"
          inputMode="numeric"
          pattern={SIRET_FORM}
          label={words.siret}
          help={words.siretHelp}
          defaultValue={routing.siret ?? ''}
          isOptional
        />
        <Field
          name="service_code"
          type="text"
          maxLength={100}
          label={words.service}
          defaultValue={routing.service_code ?? ''}
          isOptional
        />
        <Field
          name="commitment_number"
          type="text"
          maxLength={50}
          label={words.commitment}
          defaultValue={routing.commitment_number ?? ''}
          isOptional
        />
        <p>{words.kept}</p>
      </SendForm>
      <Said>{attempt.isSuccess && words.saved}</Said>
    </>
  );
}
