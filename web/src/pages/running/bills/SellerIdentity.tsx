import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { sellerWords } from '../../../messages/running/sellers';
import { Card } from '../../../parts/Card';
import facts from '../../../parts/Facts.module.css';
import { Field } from '../../../parts/Field';
import { Said } from '../../../parts/Said';
import { SendForm } from '../../../parts/SendForm';
import shared from '../../../parts/Together.module.css';
import { saveNumbers } from '../../../queries/sellers';
import { digitsIn, SIREN_FORM } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { vatNumberIn } from '../../../words/participants';
import { vatNumberOf } from '../../../words/sellers';
import { useChanged } from '../close/changed';
import type { OfSeller } from './Seller';

/** By which numbers the tax office knows who sells. */
export function Identity({ operation, member }: OfSeller) {
  const words = useWords(sellerWords);
  const changed = useChanged(operation);
  const [siren, setSiren] = useState(member.siren ?? '');
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      saveNumbers(member, {
        siren: digitsIn(form, 'siren'),
        vat_number: vatNumberIn(form),
      }),
    onSuccess: changed,
  });
  const usual = vatNumberOf(siren.replace(/\s/g, ''));
  return (
    <div id="identity">
      <Card title={words.identity}>
        <p>{words.identityHelp}</p>
        <dl className={facts.told}>
          <dt>{words.address}</dt>
          <dd className={shared.lines}>{member.address}</dd>
        </dl>
        <SendForm attempt={attempt} submit={words.saveIdentity} onSend={attempt.mutate}>
          <Field
            name="siren"
            type="text"
            inputMode="numeric"
            pattern={SIREN_FORM}
            label={words.siren}
            help={words.sirenHelp}
            defaultValue={member.siren ?? ''}
            onChange={setSiren}
            isOptional={member.kind === 'household'}
          />
          <Field
            name="vat_number"
            type="text"
            maxLength={20}
            label={words.vatNumber}
            help={
              usual ? `${words.vatNumberHelp} ${words.vatNumberOf(usual)}` : words.vatNumberHelp
            }
            defaultValue={member.vat_number ?? ''}
            isOptional
          />
        </SendForm>
        <Said>{attempt.isSuccess && words.identitySaved}</Said>
      </Card>
    </div>
  );
}
