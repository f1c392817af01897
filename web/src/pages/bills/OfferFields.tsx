import { offerWords } from '../../messages/offer';
import { Field } from '../../parts/Field';
import type { SupplierOffer } from '../../queries/bills';
import { useLanguage, useWords } from '../../words/language';
import { CLASSES, type Scheme } from '../../words/offers';

const DECIMAL = '[0-9]{1,4}([.,][0-9]{1,6})?';
const WHOLE = '[1-9][0-9]{0,3}';

/** A price for each class of hours. */
export function Energies({ scheme, offer }: { scheme: Scheme; offer: SupplierOffer | undefined }) {
  const words = useWords(offerWords);
  return CLASSES[scheme].map((name) => (
    <Amount
      key={name}
      name={name}
      label={words.energy[name]}
      help={words.energyHelp}
      value={offer?.energy_eur_per_kwh[name]}
    />
  ));
}

export function Subscription({ offer }: { offer: SupplierOffer | undefined }) {
  const words = useWords(offerWords);
  return (
    <>
      <Amount
        name="subscription_eur_per_month"
        label={words.subscription}
        help={words.subscriptionHelp}
        value={offer?.subscription_eur_per_month}
      />
      <Field
        name="subscribed_kva"
        type="text"
        inputMode="numeric"
        pattern={WHOLE}
        label={words.kva}
        help={words.kvaHelp}
        {...(offer && { defaultValue: String(offer.subscribed_kva) })}
      />
    </>
  );
}

interface OffPeakProps {
  offer: SupplierOffer | undefined;
  /** Whether what is consumed has to be split, and nobody has measured how. */
  isSplit: boolean;
}

export function OffPeak({ offer, isSplit }: OffPeakProps) {
  const words = useWords(offerWords);
  const hours = offer?.off_peak_hours[0];
  return (
    <>
      <Field
        name="off_peak_from"
        type="time"
        label={words.offPeakFrom}
        help={words.offPeakHelp}
        defaultValue={hours?.start ?? '22:00'}
      />
      <Field
        name="off_peak_to"
        type="time"
        label={words.offPeakTo}
        defaultValue={hours?.end ?? '06:00'}
      />
      <Amount
        name="off_peak_percent"
        label={words.offPeakPercent}
        help={words.offPeakPercentHelp}
        value={offer?.off_peak_percent ?? undefined}
        isOptional={!isSplit}
      />
    </>
  );
}

interface AmountProps {
  name: string;
  label: string;
  help: string;
  value: string | undefined;
  isOptional?: boolean;
}

function Amount({ value, ...field }: AmountProps) {
  const isFrench = useLanguage() === 'fr';
  const written = isFrench ? value?.replace('.', ',') : value;
  return (
    <Field
      type="text"
      inputMode="decimal"
      pattern={DECIMAL}
      {...field}
      {...(written && { defaultValue: written })}
    />
  );
}
