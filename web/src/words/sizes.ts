import type { Language } from './language';
import { decimal, withUnit } from './numbers';

const KIBIBYTE = 1024;

/** The size of a file: `12 Kio`, `3,4 Mio`. */
export function sizeOf(bytes: number, language: Language): string {
  const [kibi, mebi] = language === 'fr' ? ['Kio', 'Mio'] : ['KiB', 'MiB'];
  const kibibytes = bytes / KIBIBYTE;
  if (kibibytes < KIBIBYTE) return withUnit(decimal(Math.ceil(kibibytes), 0, language), kibi);
  return withUnit(decimal(kibibytes / KIBIBYTE, 1, language), mebi);
}
