import { both } from '../words/language';

export const challengeWords = both(
  {
    period: (first: string, last: string) => (first === last ? first : `Du ${first} au ${last}`),
    states: {
      draft: 'Brouillon : pas encore annoncé.',
      cancelled: 'Ce défi a été annulé.',
      frozen: 'Ce défi est terminé : le résultat est définitif.',
      over: 'Le défi est terminé. Les dernières mesures arrivent : le résultat est provisoire.',
    },
    cancelledReason: (reason: string) => `Raison : ${reason}`,
    task: 'Le défi',
    kinds: {
      use_more: (percent: number) => `Consommer ${percent} % de plus que d’habitude`,
      use_less: (percent: number) => `Consommer ${percent} % de moins que d’habitude`,
      local_share: (points: number) =>
        `Faire monter la part locale de votre électricité de ${points} points`,
    },
    hours: (days: string, windows: string) => `${days}, ${windows}`,
    window: (start: string, end: string) => `de ${start} à ${end}`,
    everyDay: 'tous les jours',
    weekdays: {
      MO: 'lundi',
      TU: 'mardi',
      WE: 'mercredi',
      TH: 'jeudi',
      FR: 'vendredi',
      SA: 'samedi',
      SU: 'dimanche',
    },
    compared: (weeks: number) =>
      `Chacun est comparé à soi-même : aux mêmes jours et heures des ${weeks} semaines d’avant.`,
    own: 'Où j’en suis',
    ofTarget: (target: string) => `objectif : ${target}`,
    reached: 'Objectif atteint',
    notReached: 'Objectif pas encore atteint',
    missed: 'Objectif non atteint',
    whyMore: (days: number, actual: string, expected: string) =>
      `Sur ${days} ${days < 2 ? 'jour compté' : 'jours comptés'} : ${actual} aux heures du défi. D’habitude, cela aurait été ${expected}.`,
    whyShare: (days: number, actual: string, expected: string) =>
      `Sur ${days} ${days < 2 ? 'jour compté' : 'jours comptés'} : ${actual} d’électricité locale aux heures du défi. Avec votre part d’avant, cela aurait été ${expected}.`,
    place: {
      ranked: (name: string) => `Vous êtes dans le classement sous le nom « ${name} ».`,
      waiting: (name: string) =>
        `Dès que vous aurez un résultat, vous serez dans le classement sous le nom « ${name} », s’il peut être montré.`,
      unmeasured: (name: string) =>
        `Sans résultat, vous n’êtes pas dans le classement (vous aviez choisi le nom « ${name} »).`,
      withheld: (name: string) =>
        `Pour l’instant, vous seul voyez votre résultat. Si le classement peut être montré, vous y serez sous le nom « ${name} ».`,
      kept: () => 'Le classement n’est pas montré : vous seul voyez votre résultat.',
      unnamed: () => 'Vous n’êtes pas dans le classement : vous seul voyez votre résultat.',
    },
    join: 'Participer',
    joinHelp:
      'En participant, vous acceptez que votre courbe de consommation soit lue pour ce défi, de ses semaines de comparaison jusqu’au résultat, et pour rien d’autre. Vous pouvez arrêter à tout moment.',
    point: 'Avec quel compteur ?',
    name: 'Un nom pour le classement',
    nameHelp: 'Celui que vous voulez, vu des autres. Sans nom, vous n’y êtes pas.',
    joinNow: 'Je participe',
    joined: 'C’est noté : vous participez.',
    leave: (point: string) => `Ne plus participer (${point})`,
    left: 'Vous ne participez plus. Ce qui a été mesuré est effacé.',
    together: 'Tous ensemble',
    entries: (entries: number) =>
      entries < 2 ? `${entries} participant` : `${entries} participants`,
    group: (percent: string) => `Tous ensemble : ${percent}`,
    groupWithheld: 'Le résultat du groupe n’est pas montré : trop peu de voisins participent.',
    nothingYet: 'Pas encore de résultat : les mesures arrivent un ou deux jours après.',
    ranking: 'Classement',
    rankingWithheld:
      'Le classement n’est pas montré : les autres sont trop peu nombreux pour rester anonymes.',
    rank: 'Place',
    who: 'Nom',
    change: 'Effort',
    you: 'vous',
    noPoint: 'Vous n’avez pas de compteur de consommation dans cette opération.',
  },
  {
    period: (first, last) => (first === last ? first : `From ${first} to ${last}`),
    states: {
      draft: 'A draft: not announced yet.',
      cancelled: 'This challenge was called off.',
      frozen: 'This challenge is over: the result is final.',
      over: 'The challenge is over. The last readings are coming: the result is provisional.',
    },
    cancelledReason: (reason) => `Reason: ${reason}`,
    task: 'The challenge',
    kinds: {
      use_more: (percent) => `Use ${percent}% more than you are used to`,
      use_less: (percent) => `Use ${percent}% less than you are used to`,
      local_share: (points) => `Raise the local part of your electricity by ${points} points`,
    },
    hours: (days, windows) => `${days}, ${windows}`,
    window: (start, end) => `from ${start} to ${end}`,
    everyDay: 'every day',
    weekdays: {
      MO: 'Monday',
      TU: 'Tuesday',
      WE: 'Wednesday',
      TH: 'Thursday',
      FR: 'Friday',
      SA: 'Saturday',
      SU: 'Sunday',
    },
    compared: (weeks) =>
      `Each is compared with themselves: with the same days and hours of the ${weeks} weeks before.`,
    own: 'Where I am',
    ofTarget: (target) => `target: ${target}`,
    reached: 'Target reached',
    notReached: 'Target not reached yet',
    missed: 'Target not reached',
    whyMore: (days, actual, expected) =>
      `On ${days} ${days === 1 ? 'day' : 'days'} that count: ${actual} in the hours of the challenge. As before, it would have been ${expected}.`,
    whyShare: (days, actual, expected) =>
      `On ${days} ${days === 1 ? 'day' : 'days'} that count: ${actual} of local electricity in the hours of the challenge. With your part of before, it would have been ${expected}.`,
    place: {
      ranked: (name) => `You are in the ranking as “${name}”.`,
      waiting: (name) =>
        `As soon as you have a result, you will be in the ranking as “${name}”, if it can be shown.`,
      unmeasured: (name) =>
        `Without a result you are not in the ranking (you had chosen the name “${name}”).`,
      withheld: (name) =>
        `For now you alone see your result. If the ranking can be shown, you will be in it as “${name}”.`,
      kept: () => 'The ranking is not shown: you alone see your result.',
      unnamed: () => 'You are not in the ranking: you alone see your result.',
    },
    join: 'Take part',
    joinHelp:
      'By taking part you agree that your load curve is read for this challenge, from the weeks it is compared with to its result, and for nothing else. You may stop at any time.',
    point: 'With which meter?',
    name: 'A name for the ranking',
    nameHelp: 'Whichever you like, seen by the others. Without one you are not in it.',
    joinNow: 'I take part',
    joined: 'Noted: you take part.',
    leave: (point) => `Stop taking part (${point})`,
    left: 'You no longer take part. What was measured is deleted.',
    together: 'All together',
    entries: (entries) => `${entries} taking part`,
    group: (percent) => `All together: ${percent}`,
    groupWithheld: 'The result of the group is not shown: too few neighbours take part.',
    nothingYet: 'No result yet: readings come a day or two later.',
    ranking: 'Ranking',
    rankingWithheld: 'The ranking is not shown: the others are too few to stay anonymous.',
    rank: 'Place',
    who: 'Name',
    change: 'Effort',
    you: 'you',
    noPoint: 'You have no meter that consumes in this operation.',
  },
);
