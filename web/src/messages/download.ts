import { both } from '../words/language';

export const downloadWords = both(
  {
    coming: 'Préparation du fichier…',
    saved: (name: string) => `Enregistré : ${name}`,
  },
  {
    coming: 'Preparing the file…',
    saved: (name) => `Saved: ${name}`,
  },
);
