import type { CapitalKind } from '../../queries/capitalRegister';
import { both } from '../../words/language';
import { counted } from '../../words/numbers';

interface CapitalRegisterWords {
  title: string;
  lead: string;
  which: string;
  noOrganiser: string;
  noHolder: string;
  total: (shares: number, amount: string, holders: number) => string;
  because: string;
  member: string;
  shares: string;
  amount: string;
  recording: string;
  unfold: string;
  kind: string;
  kinds: Record<CapitalKind, string>;
  choose: string;
  giver: string;
  receiver: string;
  day: string;
  dayHelp: string;
  count: string;
  nominal: string;
  nominalHelp: string;
  reference: string;
  referenceHelp: string;
  record: string;
  recorded: (number: number) => string;
  register: string;
  noMovement: string;
  movement: (number: number, kind: string, shares: number) => string;
  each: (amount: string) => string;
  from: (name: string) => string;
  to: (name: string) => string;
  cancelled: string;
  cancel: string;
  cancelNumber: (number: number) => string;
  cancelEffect: string;
  reason: string;
}

/** Of the registers of co-operative shares. */
export const capitalRegisterWords = both<CapitalRegisterWords>(
  {
    title: 'Parts sociales',
    lead: 'Le registre de la coopérative : qui détient des parts, et chaque mouvement. Un membre y lit les siennes, et rien de celles des autres.',
    which: 'Quelle coopérative',
    noOrganiser: 'Aucune coopérative n’est encore enregistrée.',
    noHolder: 'Personne ne détient encore de part. Enregistrez une première souscription.',
    total: (shares, amount, holders) =>
      `Aujourd’hui : ${counted.fr(shares, 'part', 'parts')}, soit ${amount}, chez ${counted.fr(holders, 'membre', 'membres')}`,
    because:
      'Chaque montant est le nombre de parts multiplié par leur valeur nominale, la même pour toutes. Les mouvements annulés ne comptent pas.',
    member: 'Membre',
    shares: 'Parts',
    amount: 'Montant',
    recording: 'Enregistrer un mouvement',
    unfold: 'Souscription, transfert ou remboursement',
    kind: 'Quoi',
    kinds: { subscription: 'souscription', transfer: 'transfert', repayment: 'remboursement' },
    choose: 'Choisissez un membre',
    giver: 'Qui cède des parts',
    receiver: 'Qui reçoit des parts',
    day: 'Jour d’effet',
    dayHelp: 'Aujourd’hui ou avant',
    count: 'Nombre de parts',
    nominal: 'Valeur nominale d’une part, en euros',
    nominalHelp: 'La même pour toutes les parts d’une coopérative',
    reference: 'Où est le papier signé',
    referenceHelp: 'Par exemple : bulletin 2026-014, classeur 5',
    record: 'Enregistrer',
    recorded: (number) => `Enregistré sous le nº ${number}.`,
    register: 'Le registre',
    noMovement: 'Aucun mouvement.',
    movement: (number, kind, shares) =>
      `Nº ${number} : ${kind} de ${counted.fr(shares, 'part', 'parts')}`,
    each: (amount) => `${amount} la part`,
    from: (name) => `de ${name}`,
    to: (name) => `à ${name}`,
    cancelled: 'annulé',
    cancel: 'Annuler ce mouvement',
    cancelNumber: (number) => `Annuler le nº ${number}`,
    cancelEffect:
      'Il ne compte plus, comme s’il n’avait jamais été fait, et reste au registre avec votre raison.',
    reason: 'Raison',
  },
  {
    title: 'Co-operative shares',
    lead: 'The register of the co-operative: who holds shares, and every movement. A member reads theirs there, and nothing of those of others.',
    which: 'Which co-operative',
    noOrganiser: 'No co-operative is recorded yet.',
    noHolder: 'Nobody holds a share yet. Record a first subscription.',
    total: (shares, amount, holders) =>
      `Today: ${counted.en(shares, 'share', 'shares')}, ${amount}, held by ${counted.en(holders, 'member', 'members')}`,
    because:
      'Each amount is the number of shares times their nominal value, the same for all. Cancelled movements do not count.',
    member: 'Member',
    shares: 'Shares',
    amount: 'Amount',
    recording: 'Record a movement',
    unfold: 'Subscription, transfer or repayment',
    kind: 'What',
    kinds: { subscription: 'subscription', transfer: 'transfer', repayment: 'repayment' },
    choose: 'Choose a member',
    giver: 'Who gives shares',
    receiver: 'Who receives shares',
    day: 'Effective day',
    dayHelp: 'Today or earlier',
    count: 'Number of shares',
    nominal: 'Nominal value of a share, in euros',
    nominalHelp: 'The same for all shares of a co-operative',
    reference: 'Where the signed paper is',
    referenceHelp: 'For example: form 2026-014, binder 5',
    record: 'Record',
    recorded: (number) => `Recorded as No ${number}.`,
    register: 'The register',
    noMovement: 'No movement.',
    movement: (number, kind, shares) =>
      `No ${number}: ${kind} of ${counted.en(shares, 'share', 'shares')}`,
    each: (amount) => `${amount} a share`,
    from: (name) => `from ${name}`,
    to: (name) => `to ${name}`,
    cancelled: 'cancelled',
    cancel: 'Cancel this movement',
    cancelNumber: (number) => `Cancel No ${number}`,
    cancelEffect:
      'It no longer counts, as if it had never been made, and stays in the register with your reason.',
    reason: 'Reason',
  },
);
