import { bankReasonWords } from '../messages/running/bankReasons';
import type { Language } from './language';

/** Why a bank refused something, in words; its code, for one that has none. */
export function bankReason(code: string, language: Language): string {
  const words = bankReasonWords[language][code];
  return words ? `${words} (${code})` : code;
}
