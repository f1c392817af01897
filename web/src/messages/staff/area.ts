import { both } from '../../words/language';

/** Of all pages for the platform's staff. */
export const staffAreaWords = both(
  {
    notYours: 'Cette page est celle de l’équipe de la plateforme',
    whose:
      'Elle sert à qui fait tourner la plateforme, et votre compte n’en est pas. Si vous devez la voir, demandez une invitation à quelqu’un de l’équipe.',
    services: {
      community: 'Communauté',
      ingest: 'Mesures',
      allocation: 'Répartition',
      billing: 'Facturation',
    },
  },
  {
    notYours: 'This page is for the platform’s staff',
    whose:
      'It is for those who run the platform, and your account does not. If you are to see it, ask one of the staff to invite you.',
    services: {
      community: 'Community',
      ingest: 'Readings',
      allocation: 'Shares',
      billing: 'Billing',
    },
  },
);
