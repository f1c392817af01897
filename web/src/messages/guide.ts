import { both } from '../words/language';

export const guideWords = both(
  {
    member: 'Guide du membre',
    organiser: 'Guide de l’organisateur',
    staff: 'Guide de l’équipe',
    others: 'Les autres guides',
    inFrench: 'Ce guide est en français.',
  },
  {
    member: 'The member’s guide',
    organiser: 'The organiser’s guide',
    staff: 'The staff’s guide',
    others: 'Other guides',
    inFrench: 'This guide is in French.',
  },
);
