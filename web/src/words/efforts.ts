import type { Challenge } from '../queries/challenges';
import type { Language } from './language';
import { localeOf } from './numbers';

/**
 * `+14 %` of what was expected, `−12 %`; of a local share points: `+15 points`. The API counts an
 * effort as positive where the challenge is met: who uses less is shown less.
 */
export function effort(permille: number, kind: Challenge['kind'], language: Language): string {
  const change = (kind === 'use_less' ? -permille : permille) / 10;
  const format = { signDisplay: 'exceptZero', maximumFractionDigits: 1 } as const;
  const number = new Intl.NumberFormat(localeOf(language), format);
  const percents = new Intl.NumberFormat(localeOf(language), { ...format, style: 'percent' });
  const shown =
    kind === 'local_share' ? `${number.format(change)} points` : percents.format(change / 100);
  return shown.replace('-', '−');
}
