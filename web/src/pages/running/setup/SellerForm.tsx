import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { setUpFormWords } from '../../../messages/running/setUpForms';
import { Field } from '../../../parts/Field';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import type { Member } from '../../../queries/perimeters';
import { type SellerProfile, saveSellerProfile } from '../../../queries/setUp';
import { countIn, digitsIn, textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { useChanged } from '../close/changed';

const SIRET_FORM = String.raw`\s*(\d\s*){14}`;
const CAPITAL_FORM = String.raw`\s*\d[\d\s]*`;

interface SellerFormProps {
  operation: string;
  /** The operation's first day, or today if that is earlier. */
  validFrom: string;
  member: Member;
}

/** What the law wants to read on the invoices of a seller, and how it is paid. */
export function SellerForm({ operation, validFrom, member }: SellerFormProps) {
  const words = useWords(setUpFormWords);
  const [regime, setRegime] = useState<SellerProfile['vat_regime']>(
    member.vat_number ? 'standard' : 'franchise',
  );
  const isCompany = member.kind === 'company';
  const changed = useChanged(operation);
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      saveSellerProfile(member.id, profileIn(form, regime, validFrom)),
    onSuccess: changed,
  });
  return (
    <SendForm attempt={attempt} submit={words.save} isWide onSend={attempt.mutate}>
      {isCompany && <OfCompany />}
      {member.kind !== 'household' && (
        <Field
          name="siret"
          type="text"
          inputMode="numeric"
          pattern={SIRET_FORM}
          label={words.siret}
          help={words.siretHelp}
          isOptional
        />
      )}
      <SelectField
        name="vat_regime"
        label={words.regime}
        options={(['standard', 'franchise'] as const).map((one) => [one, words.regimes[one]])}
        value={regime}
        onChange={setRegime}
      />
      <Field
        name="payment_terms_days"
        type="text"
        inputMode="numeric"
        pattern="\s*([0-5]?\d|60)\s*"
        label={words.terms}
        help={words.termsHelp}
        defaultValue="30"
      />
      <Field
        name="means_of_payment"
        type="text"
        maxLength={200}
        label={words.means}
        defaultValue={words.meansDefault}
      />
      <Field
        name="complaints_contact"
        type="text"
        maxLength={200}
        label={words.complaints}
        help={words.complaintsHelp}
        defaultValue={member.email ?? ''}
      />
    </SendForm>
  );
}

function OfCompany() {
  const words = useWords(setUpFormWords);
  return (
    <>
      <Field
        name="legal_form"
        type="text"
        maxLength={100}
        label={words.legalForm}
        help={words.legalFormHelp}
      />
      <Field
        name="share_capital"
        type="text"
        inputMode="numeric"
        pattern={CAPITAL_FORM}
        label={words.capital}
        isOptional
      />
      <Field
        name="rcs"
        type="text"
        maxLength={200}
        label={words.rcs}
        help={words.rcsHelp}
        isOptional
      />
    </>
  );
}

/** What the form does not ask for is as for most: invoices in the seller's own name, sent when due. */
function profileIn(
  form: FormData,
  vat_regime: SellerProfile['vat_regime'],
  valid_from: string,
): SellerProfile {
  const capital = digitsIn(form, 'share_capital');
  return {
    valid_from,
    legal_form: textIn(form, 'legal_form'),
    share_capital_cents: capital ? Number(capital) * 100 : null,
    siret: digitsIn(form, 'siret'),
    rcs: textIn(form, 'rcs'),
    trade_address: null,
    company_size: null,
    vat_regime,
    vat_on_debits: false,
    vat_returns: null,
    payment_terms_days: countIn(form, 'payment_terms_days'),
    means_of_payment: textIn(form, 'means_of_payment') ?? '',
    complaints_contact: textIn(form, 'complaints_contact') ?? '',
    invoiced_by: 'issuer',
    mandate: null,
    sends_early: false,
  };
}
