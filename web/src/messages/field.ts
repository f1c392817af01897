import { both } from '../words/language';

export const fieldWords = both(
  {
    optional: (label: string) => `${label} (facultatif)`,
    missing: 'À remplir',
    tooShort: (characters: number) => `${characters} caractères au moins`,
    unlike: 'Cela n’a pas la forme attendue',
  },
  {
    optional: (label) => `${label} (optional)`,
    missing: 'To be filled in',
    tooShort: (characters) => `${characters} characters at least`,
    unlike: 'That does not look as it should',
  },
);
