import { both } from '../words/language';

export const footerWords = both(
  {
    about: 'À propos',
    help: 'Aide',
    operations: 'Les opérations',
    request: 'Demander une opération',
    privacy: 'Vie privée',
    legal: 'Mentions légales et logiciel libre',
    programs: 'Documentation de l’API',
  },
  {
    about: 'About',
    help: 'Help',
    operations: 'Operations',
    request: 'Ask for an operation',
    privacy: 'Privacy',
    legal: 'Legal notice and free software',
    programs: 'API documentation',
  },
);
