import { both } from '../words/language';

export const gatheringWords = both(
  {
    title: 'Rencontres',
    coming: 'À venir',
    past: 'Passées',
    noneComing: 'Pas de rencontre prévue. La prochaine invitation arrivera ici et par e-mail.',
    kinds: {
      assembly: 'Assemblée',
      workshop: 'Atelier',
      visit: 'Visite',
      video_call: 'Visioconférence',
    },
    more: 'Ordre du jour, documents, compte rendu',
    moreAbout: (title: string) => `Ordre du jour, documents, compte rendu : ${title}`,
    wasCancelled: 'annulée',
    cancelled: (reason: string) => `Annulée : ${reason}`,
    held: 'Cette rencontre a eu lieu.',
    draft: 'Brouillon : pas encore annoncée.',
    ledBy: (names: string) => `Animée par : ${names}`,
    videoCall: 'Rejoindre la visioconférence',
    agenda: 'Ordre du jour',
    minutesLong: (minutes: number) => `${minutes} min`,
    materials: 'À lire',
    download: (title: string) => `Télécharger : ${title}`,
    minutes: 'Compte rendu',
    published: (moment: string) => `Publié le ${moment}`,
    minutesDraft: 'Brouillon : pas encore publié.',
    olderMinutes: 'Versions précédentes',
    decisions: 'Décisions',
    itsVote: 'voir le vote',
    willYouCome: 'Viendrez-vous ?',
    yes: 'Je viens',
    maybe: 'Peut-être',
    no: 'Je ne viens pas',
    replyBy: (moment: string) => `Répondez avant le ${moment}.`,
    onlyNo: 'Il est trop tard pour vous inscrire. Un empêchement ? Dites-le encore ici.',
    guests: 'Personnes qui vous accompagnent',
    alone: 'personne',
    showName: 'Montrer mon nom et ma réponse aux autres membres',
    noted: {
      yes: (guests: number) =>
        guests > 0 ? `C’est noté : vous venez, à ${guests + 1}.` : 'C’est noté : vous venez.',
      maybe: () => 'C’est noté : vous viendrez peut-être.',
      no: () => 'C’est noté : vous ne venez pas.',
    },
    waiting: (before: number) =>
      before === 0
        ? 'C’est complet pour l’instant. Vous êtes en tête de la liste d’attente, et serez prévenu.'
        : `C’est complet pour l’instant. Vous êtes sur la liste d’attente, ${before} avant vous, et serez prévenu.`,
    seats: (seated: number, capacity: number | null) =>
      capacity === null
        ? `${seated} ${seated < 2 ? 'inscrit' : 'inscrits'}`
        : `${seated} ${seated < 2 ? 'place prise' : 'places prises'} sur ${capacity}`,
    attended: (persons: number) => `${persons} ${persons < 2 ? 'présent' : 'présents'}`,
    whoComes: 'Qui vient',
    nobodyShown: 'Personne n’a encore choisi de montrer son nom.',
    answers: { yes: 'vient', maybe: 'peut-être', no: 'ne vient pas' },
    withGuests: (guests: number) => `à ${guests + 1}`,
  },
  {
    title: 'Gatherings',
    coming: 'To come',
    past: 'Past',
    noneComing: 'No gathering is planned. The next invitation will come here and by e-mail.',
    kinds: {
      assembly: 'Assembly',
      workshop: 'Workshop',
      visit: 'Visit',
      video_call: 'Video call',
    },
    more: 'Agenda, papers, minutes',
    moreAbout: (title) => `Agenda, papers, minutes: ${title}`,
    wasCancelled: 'called off',
    cancelled: (reason) => `Called off: ${reason}`,
    held: 'This gathering is over.',
    draft: 'A draft: not announced yet.',
    ledBy: (names) => `Led by: ${names}`,
    videoCall: 'Join the video call',
    agenda: 'Agenda',
    minutesLong: (minutes) => `${minutes} min`,
    materials: 'To read',
    download: (title) => `Download: ${title}`,
    minutes: 'Minutes',
    published: (moment) => `Published on ${moment}`,
    minutesDraft: 'A draft: not published yet.',
    olderMinutes: 'Former versions',
    decisions: 'Decisions',
    itsVote: 'see the vote',
    willYouCome: 'Will you come?',
    yes: 'I’ll come',
    maybe: 'Maybe',
    no: 'I can’t come',
    replyBy: (moment) => `Reply before ${moment}.`,
    onlyNo: 'It is too late to sign up. You cannot come after all? You may still say so here.',
    guests: 'People who come with you',
    alone: 'nobody',
    showName: 'Show my name and my answer to the other members',
    noted: {
      yes: (guests) =>
        guests > 0
          ? `Noted: you come, with ${guests} ${guests === 1 ? 'guest' : 'guests'}.`
          : 'Noted: you come.',
      maybe: () => 'Noted: maybe you come.',
      no: () => 'Noted: you do not come.',
    },
    waiting: (before) =>
      before === 0
        ? 'It is full for now. You are first on the waiting list, and will be told.'
        : `It is full for now. You are on the waiting list, ${before} before you, and will be told.`,
    seats: (seated, capacity) =>
      capacity === null ? `${seated} coming` : `${seated} of ${capacity} seats taken`,
    attended: (persons) => `${persons} ${persons === 1 ? 'was' : 'were'} there`,
    whoComes: 'Who comes',
    nobodyShown: 'Nobody has chosen to show their name yet.',
    answers: { yes: 'comes', maybe: 'maybe', no: 'does not come' },
    withGuests: (guests) => `with ${guests} ${guests === 1 ? 'guest' : 'guests'}`,
  },
);
