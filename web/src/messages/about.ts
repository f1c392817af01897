import { both } from '../words/language';

export const aboutWords = both(
  {
    legalTitle: 'Mentions légales',
    publisher: 'Qui publie ce site',
    director: 'Directeur ou directrice de la publication',
    host: 'Qui l’héberge',
    contact: 'Écrire à qui le publie',
    unsaid: 'L’exploitant de cette plateforme ne l’a pas indiqué.',
    signed: (name: string) => `Les e-mails de cette plateforme sont signés « ${name} ».`,
    whoTitle: 'Qui répond de ce qui est écrit ici',
    who: 'Chaque opération est l’affaire de son organisateur. Voici ceux qui se présentent au public :',
    whoUnknown:
      'Aucun organisateur n’a encore publié ses coordonnées ici. Celles de qui vous vend l’électricité sont sur vos factures.',
    softwareTitle: 'Le logiciel',
    software:
      'Cette plateforme est faite avec Elocoop, un logiciel libre sous licence GNU AGPL, version 3 ou ultérieure. Cette licence vous donne le droit d’en recevoir le code source, tel qu’il tourne ici : demandez-le à qui exploite la plateforme.',
    programs: 'Documentation pour les programmes (API)',
    licence: 'Texte de la licence',
    dataTitle: 'D’où viennent les chiffres',
    data: 'Les consommations et les productions viennent du gestionnaire du réseau, qui les mesure. Ce qui est estimé est dit estimé.',
    privacyLink: 'Vie privée : ce que nous gardons, et pourquoi',
  },
  {
    legalTitle: 'Legal notice',
    publisher: 'Who publishes this site',
    director: 'Director of publication',
    host: 'Who hosts it',
    contact: 'To write to who publishes it',
    unsaid: 'The operator of this platform has not given it.',
    signed: (name) => `The e-mails of this platform are signed “${name}”.`,
    whoTitle: 'Who answers for what is written here',
    who: 'Each operation is its organiser’s. These show themselves to the public:',
    whoUnknown:
      'No organiser has published an address here so far. That of who sells you electricity is on your invoices.',
    softwareTitle: 'The software',
    software:
      'This platform is made with Elocoop, free software under the GNU AGPL, version 3 or later. That licence gives you the right to the source code as it runs here: ask who runs the platform for it.',
    programs: 'Documentation for programs (API)',
    licence: 'Text of the licence',
    dataTitle: 'Where the figures come from',
    data: 'Consumption and production come from the grid operator, who measures them. What is estimated is called so.',
    privacyLink: 'Privacy: what we keep, and why',
  },
);
