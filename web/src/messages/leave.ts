import { both } from '../words/language';

export const leaveWords = both(
  {
    title: 'Quitter une opération',
    intro:
      'Vous pouvez sortir quand vous voulez, en respectant le préavis de l’opération. Votre contrat avec votre fournisseur continue comme il est, et vos mois passés restent visibles ici.',
    none: 'Aucun de vos points ne participe à une opération : il n’y a rien à quitter.',
    ask: 'Demander à quitter',
    wantedOn: 'Premier jour sans participer',
    wantedHelp: 'Si le préavis est plus long, ce sera le premier jour possible.',
    reason: 'Pourquoi ? Votre organisateur le lira',
    send: 'Envoyer la demande',
    asked: (day: string) => `Demandé le ${day}.`,
    leavesOn: (day: string) => `Ce point ne participera plus à partir du ${day}.`,
    notice: (day: string) => `Le préavis ne permet pas avant le ${day}.`,
    waits:
      'Votre organisateur a été prévenu ; il doit encore le déclarer au gestionnaire du réseau.',
    stay: 'Finalement, rester',
    stays: 'C’est noté : vous restez.',
    leaving: (day: string) => `Votre départ est enregistré : ce point participe jusqu’au ${day}.`,
  },
  {
    title: 'Leave an operation',
    intro:
      'You may leave whenever you like, with the notice of the operation. Your contract with your supplier goes on as it is, and your months so far stay visible here.',
    none: 'None of your points takes part in an operation: there is nothing to leave.',
    ask: 'Ask to leave',
    wantedOn: 'First day on which it no longer takes part',
    wantedHelp: 'If the notice is longer, it will be the first day that is possible.',
    reason: 'Why? Your organiser will read it',
    send: 'Send the request',
    asked: (day) => `Asked on ${day}.`,
    leavesOn: (day) => `From ${day} on, this point will no longer take part.`,
    notice: (day) => `The notice allows no day before ${day}.`,
    waits: 'Your organiser has been told; they have yet to declare it to the grid operator.',
    stay: 'Stay after all',
    stays: 'It is noted: you stay.',
    leaving: (day) => `It is recorded that you leave: this point takes part until ${day}.`,
  },
);
