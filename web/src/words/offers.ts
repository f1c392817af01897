import type { components } from '../api/schema/billing';
import type { SupplierOffer, SupplierOfferIn } from '../queries/bills';
import { textIn } from './forms';

export type Scheme = 'base' | 'two' | 'four';
export type Formula = SupplierOffer['tariff_formula'];
type HourName = components['schemas']['HourName'];

/** Which prices a kWh has. */
export const CLASSES: Record<Scheme, readonly HourName[]> = {
  base: ['base'],
  two: ['hp', 'hc'],
  four: ['hph', 'hch', 'hpb', 'hcb'],
};

/** The formula of networks that most offers of a scheme have. */
export const USUAL_FORMULA: Record<Scheme, Formula> = {
  base: 'BTINFCUST',
  two: 'BTINFMUDT',
  four: 'BTINFCU4',
};

const ONE_TARIFF: readonly Formula[] = ['BTINFCUST', 'BTINFLU'];

/** Whether it matters when off-peak hours are. */
export function needsHours(scheme: Scheme, formula: Formula): boolean {
  return scheme !== 'base' || !ONE_TARIFF.includes(formula);
}

export function schemeOf(offer: SupplierOffer | undefined): Scheme {
  if (!offer) return 'base';
  const names = Object.keys(offer.energy_eur_per_kwh);
  return names.length > 2 ? 'four' : names.length === 2 ? 'two' : 'base';
}

/** The body that a form tells: `12,50` is a number too. */
export function offerOf(form: FormData, scheme: Scheme): SupplierOfferIn {
  const formula = String(form.get('tariff_formula')) as Formula;
  const hasHours = needsHours(scheme, formula);
  const percent = decimalText(form, 'off_peak_percent');
  return {
    valid_from: String(form.get('valid_from')),
    subscription_eur_per_month: decimalText(form, 'subscription_eur_per_month'),
    energy_eur_per_kwh: Object.fromEntries(
      CLASSES[scheme].map((name) => [name, decimalText(form, name)]),
    ),
    subscribed_kva: Number(decimalText(form, 'subscribed_kva')),
    tariff_formula: formula,
    includes_turpe: form.get('includes_turpe') !== null,
    includes_cta: form.get('includes_cta') !== null,
    off_peak_hours: hasHours
      ? [{ start: String(form.get('off_peak_from')), end: String(form.get('off_peak_to')) }]
      : [],
    off_peak_percent: hasHours && percent ? percent : null,
  };
}

function decimalText(form: FormData, name: string): string {
  return (textIn(form, name) ?? '').replace(',', '.');
}
