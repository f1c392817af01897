import { both } from '../words/language';

export const capitalWords = both(
  {
    title: 'Parts sociales',
    none: 'Vous ne détenez pas de part sociale. Pour en souscrire, parlez-en à votre coopérative : elles apparaîtront ici.',
    shares: (count: number) => (count === 1 ? '1 part' : `${count} parts`),
    worth: (amount: string) => `soit ${amount} à leur valeur nominale`,
    why: 'À quoi servent-elles ?',
    because:
      'Une part sociale fait de vous l’un des propriétaires de la coopérative. Elle n’a rien à voir avec votre part d’énergie, qui dépend de ce que vous consommez.',
    certificate: 'Télécharger l’attestation',
    fileName: 'attestation-parts-sociales.pdf',
    movements: 'Souscriptions, transferts et remboursements',
    day: 'Date',
    what: 'Quoi',
    count: 'Parts',
    kinds: {
      subscription: 'souscription',
      repayment: 'remboursement',
      received: 'reçues d’un autre membre',
      given: 'cédées à un autre membre',
    },
    cancelled: 'annulé',
  },
  {
    title: 'Co-operative shares',
    none: 'You hold no co-operative share. To subscribe some, talk to your co-op: they will be here.',
    shares: (count) => (count === 1 ? '1 share' : `${count} shares`),
    worth: (amount) => `${amount} at nominal value`,
    why: 'What are they for?',
    because:
      'A co-operative share makes you one of the owners of the co-op. It is no share of energy, which depends on what you use.',
    certificate: 'Download the certificate',
    fileName: 'certificate-of-shares.pdf',
    movements: 'Subscriptions, transfers and repayments',
    day: 'Day',
    what: 'What',
    count: 'Shares',
    kinds: {
      subscription: 'subscription',
      repayment: 'repayment',
      received: 'received from another member',
      given: 'given to another member',
    },
    cancelled: 'cancelled',
  },
);
