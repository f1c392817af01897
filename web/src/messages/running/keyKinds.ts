import { both } from '../../words/language';

/** The kinds of sharing keys: what each is called, and what it is for. */
export const keyKindWords = both(
  {
    names: {
      default_dynamic: 'Selon la consommation de chacun',
      static: 'Parts fixes',
      static_redistribute: 'Parts fixes, le reste redistribué',
      priority: 'Par rang',
      dynamic: 'Coefficients à chaque relevé',
      full_dynamic: 'Coefficients par centrale, à chaque relevé',
      kept: 'Telle qu’elle est',
    },
    unnamed: 'Une autre règle',
    helps: {
      default_dynamic:
        'Chacun reçoit à proportion de ce qu’il consomme au même moment. C’est ce qui partage le plus, sans rien à régler ni à envoyer : le bon choix pour la plupart.',
      static:
        'Chacun a une part de la production. Ce qu’il ne consomme pas est vendu comme surplus. Simple, mais tout n’est pas partagé. Se déclare une fois.',
      static_redistribute:
        'Chacun a une part de la production, et ce qu’il ne consomme pas est proposé aux autres. Demande d’envoyer des coefficients chaque mois.',
      priority:
        'Les premiers sont servis d’abord, les suivants se partagent le reste. Par exemple : l’école, puis les foyers. Demande d’envoyer des coefficients chaque mois.',
      dynamic:
        'Vous calculez vous-même les parts de chaque demi-heure et les donnez chaque mois par un fichier. Pour une règle qu’aucune autre ne dit.',
      full_dynamic:
        'Comme la précédente, mais un fichier pour chaque centrale. Quand chacun a un contrat avec une centrale en particulier.',
      kept: 'Cette clé a des horaires ou des poids qu’un formulaire ne sait pas montrer : ils restent comme ils sont. Choisissez une autre sorte pour les remplacer.',
    },
  },
  {
    names: {
      default_dynamic: 'By what each one uses',
      static: 'Fixed parts',
      static_redistribute: 'Fixed parts, the rest offered again',
      priority: 'By rank',
      dynamic: 'Coefficients for each reading',
      full_dynamic: 'Coefficients for each plant and reading',
      kept: 'As it is',
    },
    unnamed: 'Another rule',
    helps: {
      default_dynamic:
        'Each one gets in proportion to what they use at that moment. It shares the most, with nothing to set or to send: the right one for most.',
      static:
        'Each one has a part of the production. What they do not use is sold as surplus. Simple, but not all is shared. Declared once.',
      static_redistribute:
        'Each one has a part of the production, and what they do not use is offered to the others. Coefficients have to be sent each month.',
      priority:
        'The first ones are served first, the next ones share the rest. For instance the school, then households. Coefficients have to be sent each month.',
      dynamic:
        'You compute the parts of each half-hour yourself, and give them each month in a file. For a rule that no other one says.',
      full_dynamic:
        'As the one before, with a file for each plant. Where each one has a contract with a plant of their own.',
      kept: 'This key has hours or weights that a form cannot show: they stay as they are. Choose another kind to replace them.',
    },
  },
);
