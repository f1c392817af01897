import type { MemberBody, OperationPoint, PointBody } from '../queries/points';
import { asTyped, digitsIn, linesIn, textIn } from './forms';
import type { Language } from './language';

export const MEMBER_KINDS = ['household', 'company', 'public_body'] as const;
/** As a person writes it: `FR 93 995000031`. */
export const VAT_NUMBER_FORM = String.raw`\s*[A-Za-z]{2}(\s*[A-Za-z0-9]){2,12}\s*`;
/** In thousands of what the platform counts: `36`, `9,5`. */
export const POWER_FORM = String.raw`\s*\d{1,6}([.,]\d{1,3})?\s*`;

/** A member as a form says; what it does not ask for is as for most. */
export function memberIn(form: FormData): MemberBody {
  return {
    kind: (textIn(form, 'kind') ?? 'household') as MemberBody['kind'],
    name: textIn(form, 'name') ?? '',
    address: linesIn(form, 'address'),
    delivery_address: linesIn(form, 'delivery_address') || null,
    email: textIn(form, 'email'),
    language: (textIn(form, 'language') ?? 'fr') as MemberBody['language'],
    siren: digitsIn(form, 'siren'),
    vat_number: vatNumberIn(form),
  };
}

export function vatNumberIn(form: FormData): string | null {
  return digitsIn(form, 'vat_number')?.toUpperCase() ?? null;
}

export function prmIn(form: FormData): string {
  return digitsIn(form, 'prm') ?? '';
}

/** A meter; what it is asked for depends on its side. */
export function pointIn(form: FormData, direction: OperationPoint['direction']): PointBody {
  const isPlant = direction === 'production';
  const power = thousandsIn(form, 'power');
  return {
    label: textIn(form, 'label') ?? '',
    installed_power_w: isPlant ? power : null,
    production_kind: isPlant
      ? (textIn(form, 'production_kind') as PointBody['production_kind'])
      : null,
    subscribed_power_va: isPlant ? null : power,
  };
}

/** What is recorded of a point stays; what nobody had said of it is as the form says. */
export function filledIn(recorded: PointBody | undefined, point: PointBody): PointBody {
  if (!recorded) return point;
  return {
    label: recorded.label,
    installed_power_w: recorded.installed_power_w ?? point.installed_power_w,
    production_kind: recorded.production_kind ?? point.production_kind,
    subscribed_power_va: recorded.subscribed_power_va ?? point.subscribed_power_va,
  };
}

/** 9500 W as one writes it in kW: `9,5`. */
export function thousandsText(whole: number, language: Language): string {
  return asTyped(String(whole / 1000), language);
}

/** `9,5` kW in W; null: nothing was written. */
export function thousandsIn(form: FormData, name: string): number | null {
  const text = textIn(form, name);
  // Of decimals what is no whole watt cannot be written: the form has three at most.
  return text ? Math.round(Number(text.replace(',', '.')) * 1000) : null;
}
