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
    lead: 'A load curve tells when people get up, cook, and are away. This is what the platform keeps of it, for whom, and for how long.',
    inShort: 'In short',
    inShortList: [
      'Your data serve to share electricity and to bill it, and nothing else without your consent.',
      'You see who looked at them, and you can have a copy of them.',
      'No tracker, no advertising, no other site.',
    ],
    parts: [
      {
        title: 'What is needed to share and to bill',
        texts: [
          'If you take part in an operation, the platform gets the consumption of your meter from the grid operator, step by step, computes your share of local electricity from it, and prepares your invoices. Your taking part allows that, and only for the days on which you do.',
          'Besides: your name, your address, your e-mail address, and what you sign, vote or ask for.',
        ],
      },
      {
        title: 'Who sees what',
        list: [
          'You: all that is yours.',
          'The organiser of your operation: your curve, for the days on which you take part, until you decide otherwise. The sums of a month always: they are your invoices.',
          'Who sells you the electricity, sometimes another member: what they sell you each month, as they bill it.',
          'Other members: nothing about you alone. They see a sum only if, without them, it is about ten points at least, of three members at least.',
          'The co-op’s staff: what it takes for measurements to be right.',
          'Outside: the grid operator, who is told who takes part; the bank, for direct debits; the services that carry e-mails and electronic invoices. No advertiser.',
        ],
        texts: [
          'Each look that the organiser or staff take at your curves or your record is noted, and you can see that list.',
        ],
      },
      {
        title: 'What you decide',
        list: [
          'To show your curve to the organiser by half-hours, by days, or not at all. What you take back counts on the same day.',
          'To let the co-op fetch your data from the grid operator: never without your consent.',
          'A consent is about one meter and one use, and holds for three years at most.',
        ],
        texts: [],
      },
      {
        title: 'Your rights',
        list: [
          'To download your record, by one click, from your account. Your curves and invoices are apart: its guide tells where to get them.',
          'To mend your address, your e-mail address, your language. Your name is for your organiser to mend.',
          'To ask for erasure: it is done within a month, once you no longer take part, hold no shares of the co-op and owe nothing. What the law wants kept stays, without your name in our lists: invoices and what supports them, ten years (Code de commerce, art. L123-22; Livre des procédures fiscales, art. L102 B; GDPR, art. 17.3).',
          'To complain to the CNIL, if our answer does not satisfy you.',
        ],
        texts: [],
      },
      {
        title: 'If you are not a member',
        list: [
          'To check whether you are near enough to an operation: the address is asked of the address service that the page names, without your name; neither it nor the place is kept here.',
          'To ask for an operation, or to ask to join one: only staff and the organiser whose it is read it. A sign-up that nobody confirms is deleted after three days.',
          'Against abuse, your network address is counted for a day, in a form that nobody can read afterwards.',
        ],
        texts: [],
      },
      {
        title: 'In this browser',
        texts: [
          'Two cookies, when you log in, which no program of the page can read. One keeps you logged in, and goes when you log out. The other says for 180 days that you have been here before: who tries wrong passwords in your name cannot keep you out then. Nothing else is kept here. The page asks no other site: no audience measurement, no font, no map.',
        ],
      },
    ],
    howLong: 'For how long',
    howLongNote: 'As the platform comes: your co-op may have chosen other periods.',
    what: 'What',
    time: 'How long',
    after: 'Then',
    times: [
      ['Load curves', '36 months', 'the energy of each month stays, to explain invoices'],
      ['Invoices, settlements and what supports them', '10 years'],
      ['Who looked at your data', '12 months'],
      ['Messages that you were sent', '36 months'],
      ['Who came to gatherings', '36 months', 'how many came stays'],
      ['Taking part in a challenge', '12 months', 'what the group did stays'],
      [
        'Requests for operations and sign-ups',
        '36 months without news',
        'the operation or member that they became stays',
      ],
      ['Where one is logged in', '2 days after it ended'],
      ['Failed log-ins', '1 day'],
    ],
    contactTitle: 'Whom to ask',
    contact: 'The organiser of your operation, who passes it on to the co-op.',
    contactUnknown: 'Who organises your operation or sends you your invoices.',
    contactOperator: 'To the operator of this platform, about your data too:',
    cnil: 'Site of the CNIL',
    legalLink: 'Legal notice',
  },
);
