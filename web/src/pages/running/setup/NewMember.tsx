import { useState } from 'react';
import { memberKindWords } from '../../../messages/memberKinds';
import { setUpFormWords } from '../../../messages/running/setUpForms';
import { Field } from '../../../parts/Field';
import { LongField } from '../../../parts/LongField';
import { SelectField } from '../../../parts/SelectField';
import type { MemberBody } from '../../../queries/points';
import { SIREN_FORM } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { MEMBER_KINDS, VAT_NUMBER_FORM } from '../../../words/participants';

/** What an invoice says of its buyer or seller. */
export function NewMember({ isSeller }: { isSeller: boolean }) {
  const words = useWords(setUpFormWords);
  const kinds = useWords(memberKindWords);
  const [kind, setKind] = useState<MemberBody['kind']>(isSeller ? 'company' : 'household');
  const isHousehold = kind === 'household';
  return (
    <>
      <SelectField
        name="kind"
        label={words.kind}
        options={MEMBER_KINDS.map((one) => [one, kinds[one]] as const)}
        value={kind}
        onChange={setKind}
      />
      <Field name="name" type="text" maxLength={200} label={words.name} />
      <LongField name="address" maxLength={500} label={words.address} help={words.addressHelp} />
      <Field name="email" type="email" label={words.email} help={words.emailHelp} isOptional />
      {(isSeller || !isHousehold) && (
        <Field
          name="siren"
          type="text"
          inputMode="numeric"
          pattern={SIREN_FORM}
          label={words.siren}
          help={words.sirenHelp}
          isOptional={isHousehold || !isSeller}
        />
      )}
      {isSeller && (
        <Field
          name="vat_number"
          type="text"
          pattern={VAT_NUMBER_FORM}
          label={words.vatNumber}
          help={words.vatNumberHelp}
          isOptional
        />
      )}
    </>
  );
}
