import { useState } from 'react';
import { sellerWords } from '../../../messages/running/sellers';
import { ChoiceField } from '../../../parts/ChoiceField';
import { Field } from '../../../parts/Field';
import { LongField } from '../../../parts/LongField';
import { SelectField } from '../../../parts/SelectField';
import { TickField } from '../../../parts/TickField';
import type { Member } from '../../../queries/perimeters';
import type { Profile } from '../../../queries/sellers';
import { SIREN_FORM, SIRET_FORM } from '../../../words/forms';
import { useLanguage, useWords } from '../../../words/language';

interface FieldsProps {
  profile: Profile | undefined;
}

/** What kind of company it is; other members have next to nothing of it. */
export function Company({ profile, member }: FieldsProps & { member: Member }) {
  const words = useWords(sellerWords);
  return (
    <>
      <Field
        name="legal_form"
        type="text"
        maxLength={100}
        label={words.legalForm}
        help={words.legalFormHelp}
        defaultValue={profile?.legal_form ?? ''}
        isOptional={member.kind !== 'company'}
      />
      {member.kind !== 'household' && (
        <Field
          name="siret"
          type="text"
          inputMode="numeric"
          pattern={SIRET_FORM}
          label={words.siret}
          help={words.siretHelp}
          defaultValue={profile?.siret ?? ''}
          isOptional
        />
      )}
    </>
  );
}

type Returns = keyof ReturnType<typeof useReturns>;

function useReturns() {
  return useWords(sellerWords).vatReturnsOf;
}

/** Whether VAT is charged, which who has a number for it does, and what goes with it. */
export function Vat({ profile, member }: FieldsProps & { member: Member }) {
  const words = useWords(sellerWords);
  const [regime, setRegime] = useState(
    profile?.vat_regime ?? (member.vat_number ? 'standard' : 'franchise'),
  );
  const [returns, setReturns] = useState<Returns>(profile?.vat_returns ?? '');
  return (
    <>
      <ChoiceField
        name="vat_regime"
        label={words.vatRegime}
        choices={words.vatRegimes}
        chosen={regime}
        onChange={setRegime}
      />
      {regime === 'standard' && (
        <>
          <TickField
            name="vat_on_debits"
            label={words.vatOnDebits}
            isTicked={profile?.vat_on_debits ?? false}
          />
          <SelectField
            name="vat_returns"
            label={words.vatReturns}
            options={Object.entries(words.vatReturnsOf) as [Returns, string][]}
            value={returns}
            onChange={setReturns}
          />
        </>
      )}
    </>
  );
}

/** How it is paid, and whom one complains to. */
export function Terms({ profile, member }: FieldsProps & { member: Member }) {
  const words = useWords(sellerWords);
  return (
    <>
      <Field
        name="payment_terms_days"
        type="text"
        inputMode="numeric"
        pattern="[0-5]?[0-9]|60"
        label={words.paymentTerms}
        help={words.paymentTermsHelp}
        defaultValue={String(profile?.payment_terms_days ?? 30)}
      />
      <Field
        name="means_of_payment"
        type="text"
        maxLength={200}
        label={words.means}
        help={words.meansHelp}
        defaultValue={profile?.means_of_payment ?? words.usualMeans}
      />
      <Field
        name="complaints_contact"
        type="text"
        maxLength={200}
        label={words.complaints}
        help={words.complaintsHelp}
        defaultValue={profile?.complaints_contact ?? member.email ?? ''}
      />
    </>
  );
}

/** Who makes the invoices; if it is not the seller, by which mandate. */
export function Maker({ profile }: FieldsProps) {
  const words = useWords(sellerWords);
  const [maker, setMaker] = useState(profile?.invoiced_by ?? 'issuer');
  const mandate = profile?.mandate;
  return (
    <>
      <ChoiceField
        name="invoiced_by"
        label={words.invoicedBy}
        choices={words.invoicedByOf}
        chosen={maker}
        onChange={setMaker}
      />
      {maker === 'mandatary' && (
        <>
          <p>{words.mandateHelp}</p>
          <Field
            name="mandatary_name"
            type="text"
            maxLength={200}
            label={words.mandatary}
            defaultValue={mandate?.mandatary_name ?? ''}
          />
          <Field
            name="mandatary_siren"
            type="text"
            inputMode="numeric"
            pattern={SIREN_FORM}
            label={words.mandatarySiren}
            defaultValue={mandate?.mandatary_siren ?? ''}
          />
          <Field
            name="signed_on"
            type="date"
            label={words.signedOn}
            defaultValue={mandate?.signed_on ?? ''}
          />
          <Field
            name="document"
            type="text"
            maxLength={200}
            label={words.document}
            help={words.documentHelp}
            defaultValue={mandate?.document ?? ''}
          />
        </>
      )}
    </>
  );
}

type Size = keyof ReturnType<typeof useSizes>;

function useSizes() {
  return useWords(sellerWords).sizes;
}

/** What most invoices do without. */
export function More({ profile, member }: FieldsProps & { member: Member }) {
  const words = useWords(sellerWords);
  const isFrench = useLanguage() === 'fr';
  const isCompany = member.kind === 'company';
  const cents = profile?.share_capital_cents;
  const capital = cents ? String(cents / 100) : '';
  const [size, setSize] = useState<Size>(profile?.company_size ?? '');
  return (
    <details onInvalidCapture={({ currentTarget }) => currentTarget.setAttribute('open', '')}>
      <summary>{words.more}</summary>
      {isCompany && (
        <Field
          name="share_capital"
          type="text"
          inputMode="decimal"
          pattern="[0-9\s]{1,12}([.,][0-9]{1,2})?"
          label={words.shareCapital}
          defaultValue={isFrench ? capital.replace('.', ',') : capital}
          isOptional
        />
      )}
      {isCompany && (
        <Field
          name="rcs"
          type="text"
          maxLength={200}
          label={words.rcs}
          help={words.rcsHelp}
          defaultValue={profile?.rcs ?? ''}
          isOptional
        />
      )}
      <LongField
        name="trade_address"
        maxLength={500}
        label={words.tradeAddress}
        help={words.tradeAddressHelp}
        defaultValue={profile?.trade_address ?? ''}
        isOptional
      />
      {isCompany && (
        <SelectField
          name="company_size"
          label={words.size}
          help={words.sizeHelp}
          options={Object.entries(words.sizes) as [Size, string][]}
          value={size}
          onChange={setSize}
        />
      )}
      <TickField
        name="sends_early"
        label={words.sendsEarly}
        isTicked={profile?.sends_early ?? false}
      />
    </details>
  );
}
