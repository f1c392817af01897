import type { Erasure } from '../../queries/member';
import { both } from '../../words/language';

interface ErasureWords {
  title: string;
  lead: string;
  none: string;
  asked: (on: string, until: string) => string;
  obstacles: Record<Erasure['obstacles'][number], string>;
  goes: string;
  stays: string;
  nothing: string;
  erase: string;
  eraseEffect: string;
  nothingIsOwed: string;
  eraseName: (name: string) => string;
  erased: string;
  withdraw: (name: string) => string;
  withdrawEffect: string;
  withdrawn: (name: string) => string;
  note: string;
  noteEffect: string;
  noteIt: string;
  noted: string;
  member: string;
  choose: string;
}

/** Of members who asked to be erased (GDPR, art. 17). */
export const erasureWords = both<ErasureWords>(
  {
    title: 'Effacements demandés',
    lead: 'Qui demande à être effacé doit l’être sous un mois (RGPD, art. 12 et 17). Ce que la loi oblige à garder reste.',
    none: 'Personne n’attend d’être effacé.',
    asked: (on, until) => `Demandé le ${on}, à faire au plus tard le ${until}.`,
    obstacles: {
      'takes-part':
        'Participe encore à une opération, ou s’apprête à y entrer : notez d’abord sa sortie.',
      'holds-shares': 'Détient des parts sociales : enregistrez d’abord leur remboursement.',
      votes: 'Peut encore voter : attendez la fin du vote.',
    },
    goes: 'Ce qui est effacé',
    stays: 'Ce qui reste, et pourquoi',
    nothing: 'Rien.',
    erase: 'Effacer maintenant',
    eraseEffect:
      'Son dossier est vidé, ses accès sont fermés, ses messages sont supprimés. Cela ne se reprend pas.',
    nothingIsOwed: 'J’ai vérifié dans les paiements que tout est facturé, et payé ou remboursé',
    eraseName: (name) => `Effacer ${name}`,
    erased: 'C’est fait. Les autres services effacent leur copie d’eux-mêmes.',
    withdraw: (name) => `Retirer la demande de ${name}`,
    withdrawEffect: 'Si la demande était une erreur. La personne en est avertie.',
    withdrawn: (name) => `La demande de ${name} est retirée.`,
    note: 'Noter une demande reçue autrement',
    noteEffect: 'Par lettre, par téléphone… Le mois court à partir d’aujourd’hui.',
    noteIt: 'Noter la demande',
    noted: 'La demande est notée.',
    member: 'Membre',
    choose: 'Choisissez un membre',
  },
  {
    title: 'Erasures asked for',
    lead: 'Whoever asks to be erased has to be within a month (GDPR, art. 12 and 17). What the law says to keep stays.',
    none: 'Nobody waits to be erased.',
    asked: (on, until) => `Asked for on ${on}, to be done by ${until}.`,
    obstacles: {
      'takes-part': 'Still takes part in an operation, or is about to: record the exit first.',
      'holds-shares': 'Holds co-operative shares: record their repayment first.',
      votes: 'May still vote: wait for the end of the vote.',
    },
    goes: 'What is erased',
    stays: 'What stays, and why',
    nothing: 'Nothing.',
    erase: 'Erase now',
    eraseEffect:
      'The record is emptied, log-ins are closed, messages are deleted. This cannot be undone.',
    nothingIsOwed: 'I have checked under payments that all is invoiced, and paid or paid back',
    eraseName: (name) => `Erase ${name}`,
    erased: 'Done. The other services erase their copy by themselves.',
    withdraw: (name) => `Withdraw the request of ${name}`,
    withdrawEffect: 'If the request was a mistake. The person is told.',
    withdrawn: (name) => `The request of ${name} is withdrawn.`,
    note: 'Note a request that came another way',
    noteEffect: 'By letter, by phone… The month begins today.',
    noteIt: 'Note the request',
    noted: 'The request is noted.',
    member: 'Member',
    choose: 'Choose a member',
  },
);
