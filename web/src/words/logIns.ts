import { logInWords } from '../messages/logIn';

/** Why who went to the co-op's own issuer came back without a log-in, as the platform says it. */
export type Refused = keyof typeof logInWords.fr.refused;

export function isRefused(word: unknown): word is Refused {
  return typeof word === 'string' && Object.hasOwn(logInWords.fr.refused, word);
}

/** The way to the co-op's own issuer, from where one is led back to a page. */
export function addressOfIssuer(path: string, next: string | undefined): string {
  return next ? `${path}?${new URLSearchParams({ return_to: next })}` : path;
}
