import { both } from '../words/language';

export const consentWords = both(
  {
    title: 'Accords et consultations',
    intro:
      'Le partage de l’énergie et vos factures reposent sur votre participation. Pour tout le reste, c’est vous qui décidez, point par point. Vous pouvez changer d’avis quand vous voulez : cela compte le jour même.',
    noPoint:
      'Aucun de vos points ne participe à une opération : il n’y a rien à décider pour l’instant.',
    curve: {
      question: 'L’organisateur peut-il voir ma consommation heure par heure ?',
      yes: 'Oui, il peut la voir',
      no: 'Non, il ne la voit pas',
      meaning:
        'On y lit quand une maison se lève, cuisine ou s’absente. Elle aide l’organisateur à repérer une erreur de mesure.',
      effect:
        'Sans cet accord, il ne voit plus non plus le total de chaque jour, sauf si vous l’autorisez ci-dessous.',
    },
    plant: {
      question: 'L’organisateur peut-il voir ma production heure par heure ?',
      yes: 'Oui, il peut la voir',
      no: 'Non, il ne la voit pas',
      meaning:
        'On y lit le soleil sur votre toit. Elle aide l’organisateur à repérer une panne ou une erreur de mesure.',
      effect:
        'Sans cet accord, il ne voit plus non plus le total de chaque jour, sauf si vous l’autorisez ci-dessous.',
    },
    daily: {
      question: 'Peut-il voir le total de chaque jour ?',
      yes: 'Oui, il peut le voir',
      no: 'Non, il ne le voit pas',
      meaning: 'Un seul nombre par jour : beaucoup moins parlant que les heures.',
      effect: 'Refuser le total de chaque jour, c’est refuser aussi le détail des heures.',
    },
    fetched: {
      question: 'La plateforme peut-elle aller chercher ma courbe chez le gestionnaire du réseau ?',
      yes: 'Oui, elle peut aller la chercher',
      no: 'Non, elle attend qu’on la lui envoie',
      meaning:
        'Si votre coopérative utilise ce service, vos heures arrivent dès le lendemain. Sinon, elles viennent avec l’envoi du gestionnaire.',
      effect: 'Sans cet accord rien n’est perdu : vos mesures arrivent par l’opération.',
    },
    because: {
      participation: 'parce que ce point participe à l’opération ; vous n’avez rien dit d’autre',
      granted: (last: string) => `vous l’avez accepté, jusqu’au ${last}`,
      curve: (last: string) => `vous avez accepté le détail des heures, jusqu’au ${last}`,
      refused: (last: string) => `vous l’avez refusé, jusqu’au ${last}`,
      days: (last: string) => `vous avez refusé le total de chaque jour, jusqu’au ${last}`,
      unsaid: 'vous n’avez pas dit oui, ou votre accord a pris fin',
    },
    allow: 'Autoriser',
    deny: 'Ne plus autoriser',
    about: (label: string, question: string) => `${label} : ${question}`,
    done: 'C’est noté, et cela compte dès maintenant.',
    challenges: 'Défis auxquels je participe',
    challengesHelp:
      'Participer à un défi permet de comparer vos heures à celles des semaines d’avant. Retirer l’accord, c’est quitter le défi : ce qui a été mesuré est effacé.',
    leaveChallenge: 'Retirer cet accord',
    history: 'Tout ce que j’ai dit jusqu’ici',
    nothingSaid: 'Vous n’avez encore rien accepté ni refusé.',
    historyTable: 'Vos accords et refus, du plus récent au plus ancien',
    said: (day: string) => `dit le ${day}`,
    until: (day: string) => `jusqu’au ${day}`,
    granted: 'accepté',
    refused: 'refusé',
    withdrawn: (day: string) => `retiré le ${day}`,
    purposes: {
      display: { load_curve: 'heures montrées', daily: 'jours montrés' },
      collection: { load_curve: 'courbe à aller chercher', daily: 'jours à aller chercher' },
      challenge: { load_curve: 'défi', daily: 'défi' },
    },
  },
  {
    title: 'Consents and who looked',
    intro:
      'Sharing the energy and your invoices rest on your taking part. All else is for you to decide, point by point. You may change your mind whenever you like: it counts on that very day.',
    noPoint: 'None of your points takes part in an operation: there is nothing to decide so far.',
    curve: {
      question: 'May the organiser see what I use hour by hour?',
      yes: 'Yes, they may see it',
      no: 'No, they do not see it',
      meaning:
        'It tells when a home gets up, cooks or is away. It helps the organiser to notice a wrong measurement.',
      effect:
        'Without it they no longer see the total of each day either, unless you allow that below.',
    },
    plant: {
      question: 'May the organiser see what I produce hour by hour?',
      yes: 'Yes, they may see it',
      no: 'No, they do not see it',
      meaning:
        'It tells how the sun shines on your roof. It helps the organiser to notice a failure or a wrong measurement.',
      effect:
        'Without it they no longer see the total of each day either, unless you allow that below.',
    },
    daily: {
      question: 'May they see the total of each day?',
      yes: 'Yes, they may see it',
      no: 'No, they do not see it',
      meaning: 'One number a day: it tells much less than the hours do.',
      effect: 'To refuse the total of each day is to refuse the hours too.',
    },
    fetched: {
      question: 'May the platform fetch my curve from the grid operator?',
      yes: 'Yes, it may fetch it',
      no: 'No, it waits until it is sent',
      meaning:
        'If your co-op uses this service, your hours are there the day after. If not, they come with what the operator sends.',
      effect: 'Without it nothing is lost: your measurements come by the operation.',
    },
    because: {
      participation: 'because the point takes part in the operation; you have said nothing else',
      granted: (last) => `you have agreed, until ${last}`,
      curve: (last) => `you have agreed to the hours, until ${last}`,
      refused: (last) => `you have refused, until ${last}`,
      days: (last) => `you have refused the total of each day, until ${last}`,
      unsaid: 'you have not said yes, or your consent is over',
    },
    allow: 'Allow it',
    deny: 'No longer allow it',
    about: (label, question) => `${label}: ${question}`,
    done: 'It is noted, and counts from now on.',
    challenges: 'Challenges that I take part in',
    challengesHelp:
      'Taking part in a challenge lets your hours be compared with those of the weeks before. To withdraw the consent is to leave the challenge: what was measured is erased.',
    leaveChallenge: 'Withdraw this consent',
    history: 'All that I have said so far',
    nothingSaid: 'You have agreed to nothing and refused nothing yet.',
    historyTable: 'Your consents and refusals, the newest first',
    said: (day) => `said on ${day}`,
    until: (day) => `until ${day}`,
    granted: 'agreed',
    refused: 'refused',
    withdrawn: (day) => `withdrawn on ${day}`,
    purposes: {
      display: { load_curve: 'hours shown', daily: 'days shown' },
      collection: { load_curve: 'curve to be fetched', daily: 'days to be fetched' },
      challenge: { load_curve: 'challenge', daily: 'challenge' },
    },
  },
);
