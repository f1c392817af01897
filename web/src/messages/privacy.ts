import { both } from '../words/language';

/** From docs/run/privacy.md, for neighbours: what changes there changes here. */
export const privacyWords = both(
  {
    title: 'Vie privée',
    lead: 'Une courbe de consommation dit quand on se lève, quand on cuisine, quand on est parti. Voici ce que cette plateforme en garde, pour qui, et combien de temps.',
    inShort: 'En bref',
    inShortList: [
      'Vos données servent à partager l’électricité et à la facturer, et à rien d’autre sans votre accord.',
      'Vous voyez qui les a regardées, et vous pouvez en avoir une copie.',
      'Aucun traceur, aucune publicité, aucun autre site.',
    ],
    parts: [
      {
        title: 'Ce qui sert à partager et à facturer',
        texts: [
          'Si vous participez à une opération, la plateforme reçoit du gestionnaire du réseau la consommation de votre compteur, pas à pas, en calcule votre part d’électricité locale, et prépare vos factures. C’est votre participation qui le permet, et seulement pour les jours où vous participez.',
          'Avec cela : votre nom, votre adresse, votre e-mail, et ce que vous signez, votez ou demandez.',
        ],
      },
      {
        title: 'Qui voit quoi',
        list: [
          'Vous : tout ce qui est à vous.',
          'L’organisateur de votre opération : votre courbe, pour les jours de votre participation, jusqu’à ce que vous en décidiez autrement. Les totaux du mois, toujours : ce sont vos factures.',
          'Qui vous vend l’électricité, parfois un autre membre : ce qu’il vous vend chaque mois, puisqu’il le facture.',
          'Les autres membres : rien de vous seul. Ils ne voient un total que si, sans eux, il porte sur dix points au moins, de trois membres au moins.',
          'L’équipe de la coopérative : ce qu’il faut pour que les mesures soient justes.',
          'Au dehors : le gestionnaire du réseau, à qui l’on déclare qui participe ; la banque, pour les prélèvements ; les services qui portent les e-mails et les factures électroniques. Aucun publicitaire.',
        ],
        texts: [
          'Chaque regard de l’organisateur ou de l’équipe sur vos courbes ou votre dossier est noté, et vous pouvez voir cette liste.',
        ],
      },
      {
        title: 'Ce que vous décidez',
        list: [
          'Montrer votre courbe à l’organisateur par demi-heure, par jour, ou pas du tout. Un retrait compte le jour même.',
          'Laisser la coopérative chercher vos données chez le gestionnaire du réseau : jamais sans votre accord.',
          'Un accord porte sur un compteur et un usage, et dure trois ans au plus.',
        ],
        texts: [],
      },
      {
        title: 'Vos droits',
        list: [
          'Télécharger votre dossier, en un clic, depuis votre compte. Vos courbes et vos factures sont à part : son mode d’emploi dit où les prendre.',
          'Corriger votre adresse, votre e-mail, votre langue. Le nom, c’est votre organisateur qui le corrige.',
          'Demander l’effacement : il est fait dans le mois, une fois votre participation terminée, vos parts de la coopérative rendues et vos comptes soldés. Ce que la loi oblige à garder reste, sans votre nom dans nos listes : les factures et ce qui les justifie, dix ans (Code de commerce, art. L123-22 ; Livre des procédures fiscales, art. L102 B ; RGPD, art. 17.3).',
          'Vous plaindre à la CNIL, si notre réponse ne vous convient pas.',
        ],
        texts: [],
      },
      {
        title: 'Si vous n’êtes pas membre',
        list: [
          'Vérifier si vous êtes assez près d’une opération : l’adresse est demandée au service d’adresses que la page nomme, sans votre nom ; ni elle ni le lieu ne sont gardés ici.',
          'Demander une opération ou demander à en rejoindre une : seuls l’équipe et l’organisateur concerné le lisent. Une inscription que personne ne confirme est effacée au bout de trois jours.',
          'Contre les abus, votre adresse de réseau est comptée un jour, sous une forme que plus personne ne peut relire ensuite.',
        ],
        texts: [],
      },
      {
        title: 'Dans ce navigateur',
        texts: [
          'Deux cookies, quand vous vous connectez, qu’aucun programme de la page ne peut lire. L’un fait que vous le restez, et part quand vous vous déconnectez. L’autre dit pendant 180 jours que vous êtes déjà venu d’ici : qui essaie de faux mots de passe à votre nom ne peut alors pas vous empêcher d’entrer. Rien d’autre n’est gardé ici. La page n’interroge aucun autre site : ni mesure d’audience, ni police, ni carte.',
        ],
      },
    ],
    howLong: 'Combien de temps',
    howLongNote: 'Durées d’origine de la plateforme : votre coopérative peut en choisir d’autres.',
    what: 'Quoi',
    time: 'Durée',
    after: 'Ensuite',
    times: [
      [
        'Courbes de consommation',
        '36 mois',
        'reste l’énergie de chaque mois, pour expliquer les factures',
      ],
      ['Factures, règlements et ce qui les justifie', '10 ans'],
      ['Qui a regardé vos données', '12 mois'],
      ['Messages qui vous ont été envoyés', '36 mois'],
      ['Présence aux rencontres', '36 mois', 'reste le nombre de présents'],
      ['Participation à un défi', '12 mois', 'reste le résultat du groupe'],
      [
        'Demandes d’opération et inscriptions',
        '36 mois sans nouvelles',
        'reste l’opération ou le membre qu’elles sont devenues',
      ],
      ['Connexions ouvertes', '2 jours après leur fin'],
      ['Essais de connexion manqués', '1 jour'],
    ],
    contactTitle: 'À qui s’adresser',
    contact: 'À l’organisateur de votre opération, qui transmet à la coopérative.',
    contactUnknown: 'À qui organise votre opération ou vous envoie vos factures.',
    contactOperator: 'À qui exploite cette plateforme, pour vos données aussi :',
    cnil: 'Site de la CNIL',
    legalLink: 'Mentions légales',
  },
  {
    title: 'Privacy',
    lead: 'A load curve shows when people get up, when they cook and when they are away. This page says what the platform keeps of it, for whom, and for how long.',
    inShort: 'In short',
    inShortList: [
      'Your data is used to share electricity and to bill it, and for nothing else without your consent.',
      'You can see who has looked at it, and get a copy of it.',
      'No trackers, no advertising, no other sites.',
    ],
    parts: [
      {
        title: 'What sharing and billing need',
        texts: [
          'If you take part in an operation, the platform receives your meter’s consumption from the grid operator, interval by interval. It works out your share of the local electricity and prepares your invoices. Taking part is what allows this, and only for the days on which you do.',
          'It also keeps your name, your postal address, your e-mail address, and what you sign, vote or ask for.',
        ],
      },
      {
        title: 'Who sees what',
        list: [
          'You: everything that is yours.',
          'The organiser of your operation: your curve, for the days on which you take part, until you decide otherwise. Monthly totals, always: they are on your invoices.',
          'The seller of your electricity, sometimes another member: what they sell you each month, because they bill it.',
          'Other members: nothing about you alone. They see a total only if, without their own share, it covers at least ten points of at least three members.',
          'The co-op’s staff: what they need to keep the readings right.',
          'Outside: the grid operator, which is told who takes part; the bank, for direct debits; the services that carry e-mails and electronic invoices. No advertisers.',
        ],
        texts: [
          'Each time the organiser or staff look at your curves or your record, it is noted, and you can see the list.',
        ],
      },
      {
        title: 'What you decide',
        list: [
          'Whether the organiser sees your curve by the half-hour, by the day, or not at all. If you withdraw your consent, that takes effect the same day.',
          'Whether the co-op may fetch your data from the grid operator: never without your consent.',
          'Each consent covers one meter and one use, and lasts three years at most.',
        ],
        texts: [],
      },
      {
        title: 'Your rights',
        list: [
          'Download your record from your account, in one click. Your curves and invoices are kept separately: the guide in it says where to get them.',
          'Correct your postal address, your e-mail address and your language. Your organiser corrects your name.',
          'Ask for your data to be erased. This is done within a month, once you no longer take part, have given back your shares in the co-op and owe nothing. What the law requires us to keep stays, without your name in our lists: invoices and the records behind them, for ten years (Code de commerce, art. L123-22; Livre des procédures fiscales, art. L102 B; GDPR, art. 17.3).',
          'Complain to the CNIL, the French data protection authority, if our answer does not satisfy you.',
        ],
        texts: [],
      },
      {
        title: 'If you are not a member',
        list: [
          'You check whether you live near enough to an operation: the address service named on that page is asked about the address, without your name. Neither the address nor the place is kept here.',
          'You ask for an operation, or to join one: only staff and the organiser concerned read it. A sign-up that nobody confirms is deleted after three days.',
          'To prevent abuse, your network address is counted for one day, in a form that nobody can read afterwards.',
        ],
        texts: [],
      },
      {
        title: 'In this browser',
        texts: [
          'When you log in, two cookies are set, which no script of the page can read. One keeps you logged in, and is deleted when you log out. The other records for 180 days that you have logged in here before, so that someone who tries wrong passwords in your name cannot lock you out. Nothing else is kept here. The page contacts no other site: no audience measurement, no fonts, no maps.',
        ],
      },
    ],
    howLong: 'How long it is kept',
    howLongNote: 'These are the platform’s default periods: your co-op may have chosen others.',
    what: 'What',
    time: 'How long',
    after: 'Afterwards',
    times: [
      ['Load curves', '36 months', 'each month’s energy is kept, to explain invoices'],
      ['Invoices, settlements and the records behind them', '10 years'],
      ['Who looked at your data', '12 months'],
      ['Messages sent to you', '36 months'],
      ['Attendance at gatherings', '36 months', 'the number of people who came is kept'],
      ['Taking part in a challenge', '12 months', 'the group’s result is kept'],
      [
        'Requests for operations, and sign-ups',
        '36 months without activity',
        'the operation or member that came of it is kept',
      ],
      ['Open sessions', '2 days after they end'],
      ['Failed log-ins', '1 day'],
    ],
    contactTitle: 'Whom to contact',
    contact: 'The organiser of your operation, who passes it on to the co-op.',
    contactUnknown: 'Whoever organises your operation or sends you your invoices.',
    contactOperator: 'The operator of this platform, also about your data:',
    cnil: 'The CNIL’s website',
    legalLink: 'Legal notice',
  },
);
