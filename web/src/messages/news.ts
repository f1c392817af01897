import { both } from '../words/language';

export const newsWords = both(
  {
    title: 'Nouvelles',
    none: 'Pas encore de nouvelles. Votre coopérative les publie ici.',
    pinned: 'À la une',
    staff: 'L’équipe de la coopérative',
    draft: 'Brouillon : pas encore publié.',
    withdrawn: 'Retiré : les lecteurs ne le voient plus.',
    more: 'Voir les précédentes',
    image: (text: string) => `[image : ${text}]`,
  },
  {
    title: 'News',
    none: 'No news yet. Your co-op publishes them here.',
    pinned: 'Pinned',
    staff: 'The co-op’s staff',
    draft: 'A draft: not published yet.',
    withdrawn: 'Withdrawn: readers do not see it any more.',
    more: 'Show older ones',
    image: (text) => `[image: ${text}]`,
  },
);
