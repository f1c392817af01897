import type { Member } from '../queries/perimeters';
import type { Profile, ProfileIn } from '../queries/sellers';
import { digitsIn, textIn } from './forms';

/** What an invoice has to say of its seller, and nobody has said: each is a part of the page. */
export type Missing = 'siren' | 'vatNumber' | 'profile' | 'legalForm' | 'siret' | 'mandate';

/** The part of the page where each is mended. */
export const MENDED_IN: Record<Missing, 'identity' | 'profile'> = {
  siren: 'identity',
  vatNumber: 'identity',
  profile: 'profile',
  legalForm: 'profile',
  siret: 'profile',
  mandate: 'profile',
};

/** In the order of the page; none: nothing of the seller is in the way of invoicing. */
export function missingOf(
  { kind, siren, vat_number }: Pick<Member, 'kind' | 'siren' | 'vat_number'>,
  profile: Profile | undefined,
): Missing[] {
  const missing: Missing[] = [];
  if (kind !== 'household' && !siren) missing.push('siren');
  if (!profile) return [...missing, 'profile'];
  if (profile.vat_regime === 'standard' && !vat_number) missing.push('vatNumber');
  if (kind === 'company' && !profile.legal_form) missing.push('legalForm');
  if (siren && profile.siret && !profile.siret.startsWith(siren)) missing.push('siret');
  if (profile.invoiced_by === 'mandatary' && !profile.mandate) missing.push('mandate');
  return missing;
}

/** The VAT number that goes with a SIREN, as the tax office makes it; none of what is no SIREN. */
export function vatNumberOf(siren: string): string | undefined {
  if (!/^\d{9}$/.test(siren)) return undefined;
  const key = (12 + 3 * (Number(siren) % 97)) % 97;
  return `FR${String(key).padStart(2, '0')}${siren}`;
}

/** The body that the form tells; what one regime or maker rules out is left out. */
export function profileIn(form: FormData): ProfileIn {
  const vat_regime = String(form.get('vat_regime')) as ProfileIn['vat_regime'];
  const invoiced_by = String(form.get('invoiced_by')) as ProfileIn['invoiced_by'];
  const hasVat = vat_regime === 'standard';
  const capital = textIn(form, 'share_capital')?.replace(/\s/g, '').replace(',', '.');
  return {
    valid_from: textIn(form, 'valid_from') ?? '',
    legal_form: textIn(form, 'legal_form'),
    share_capital_cents: capital ? Math.round(Number(capital) * 100) : null,
    siret: digitsIn(form, 'siret'),
    rcs: textIn(form, 'rcs'),
    trade_address: textIn(form, 'trade_address'),
    vat_regime,
    vat_on_debits: hasVat && form.get('vat_on_debits') !== null,
    vat_returns: hasVat ? (textIn(form, 'vat_returns') as ProfileIn['vat_returns']) : null,
    payment_terms_days: Number(textIn(form, 'payment_terms_days')),
    means_of_payment: textIn(form, 'means_of_payment') ?? '',
    complaints_contact: textIn(form, 'complaints_contact') ?? '',
    company_size: textIn(form, 'company_size') as ProfileIn['company_size'],
    invoiced_by,
    mandate:
      invoiced_by === 'mandatary'
        ? {
            mandatary_name: textIn(form, 'mandatary_name') ?? '',
            mandatary_siren: digitsIn(form, 'mandatary_siren') ?? '',
            signed_on: textIn(form, 'signed_on') ?? '',
            document: textIn(form, 'document') ?? '',
          }
        : null,
    sends_early: form.get('sends_early') !== null,
  };
}
