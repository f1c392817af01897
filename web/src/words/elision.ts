/**
 * In French, of somebody or of a month: `de Lucie`, `d’octobre`. Before an h nothing is left out:
 * its letters do not tell whether it is mute, and `de Hélène` can be said, but `d’Hugo` cannot.
 */
export function de(name: string): string {
  const isElided = /^(?:[aeiouœæ]|y(?![aeiou]))/i.test(name.normalize('NFD'));
  return isElided ? `d’${name}` : `de ${name}`;
}
