import { both } from '../words/language';

export const copyWords = both(
  { copy: 'Copier', copied: 'Copié', notCopied: 'Votre navigateur refuse : copiez à la main' },
  { copy: 'Copy', copied: 'Copied', notCopied: 'Your browser refuses: copy it by hand' },
);
