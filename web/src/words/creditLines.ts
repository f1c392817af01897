import type { CreditLine } from '../queries/creditNotes';
import { textIn } from './forms';
import { WMIN_PER_KWH } from './numbers';

/** Of the lines that are ticked, all that is left of each, or so many kWh of it. */
export function creditLinesIn(form: FormData): CreditLine[] {
  return form.getAll('line').map((position) => {
    const kwh = textIn(form, `kwh-${position}`);
    const energy_wmin =
      kwh === null ? null : Math.round(Number(kwh.replace(',', '.')) * WMIN_PER_KWH);
    return { position: Number(position), energy_wmin };
  });
}
