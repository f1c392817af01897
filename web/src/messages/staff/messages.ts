import type { Recipient } from '../../queries/messages';
import { both } from '../../words/language';
import { counted } from '../../words/numbers';
import type { MessageState } from '../../words/staffSearches';

interface MessageWords {
  title: string;
  lead: string;
  which: string;
  all: string;
  states: Record<MessageState, string>;
  none: string;
  newest: (count: number) => string;
  noAddress: string;
  statuses: Record<Recipient['status'], string>;
  /** One without words is what a mail server answered. */
  reasons: Record<string, string>;
}

/** Of e-mails to members. */
export const messageWords = both<MessageWords>(
  {
    title: 'E-mails',
    lead: 'Ce qui a été écrit aux membres, et ce que chaque adresse en a fait. Pour une adresse qui ne répond plus, demandez-en une autre au membre.',
    which: 'Lesquels',
    all: 'Tous',
    states: { lost: 'Pas arrivés', waiting: 'En attente' },
    none: 'Aucun e-mail ici.',
    newest: (count) =>
      count === 1 ? 'Le plus récent.' : `Les ${counted.fr(count, 'plus récent', 'plus récents')}.`,
    noAddress: 'Aucune adresse',
    statuses: {
      queued: 'en attente',
      sent: 'parti',
      bounced: 'refusé par son serveur',
      failed: 'pas parti',
    },
    reasons: {
      'no-address': 'ce membre n’a pas d’adresse',
      'address-unusable': 'ce n’est pas une adresse',
      'server-unreachable': 'aucun serveur de courrier n’a répondu pendant des jours',
      'server-refuses-us': 'le serveur de courrier nous refuse : vérifiez ses réglages',
      'folder-not-writable': 'le dossier des e-mails ne s’écrit pas : vérifiez ses réglages',
      'attachment-missing': 'sa pièce jointe n’a pas été trouvée',
      bug: 'une erreur de la plateforme : le journal du service en dit plus',
    },
  },
  {
    title: 'E-mails',
    lead: 'What was written to members, and what each address made of it. For an address that no longer answers, ask the member for another.',
    which: 'Which ones',
    all: 'All',
    states: { lost: 'Not arrived', waiting: 'Waiting' },
    none: 'No e-mail here.',
    newest: (count) =>
      count === 1 ? 'The newest one.' : `The ${counted.en(count, 'newest one', 'newest ones')}.`,
    noAddress: 'No address',
    statuses: {
      queued: 'waiting',
      sent: 'sent',
      bounced: 'refused by its server',
      failed: 'not sent',
    },
    reasons: {
      'no-address': 'this member has no address',
      'address-unusable': 'this is not an address',
      'server-unreachable': 'no mail server answered for days',
      'server-refuses-us': 'the mail server refuses us: check its settings',
      'folder-not-writable': 'the folder of e-mails cannot be written to: check its settings',
      'attachment-missing': 'its attachment was not found',
      bug: 'a mistake of the platform: the log of the service says more',
    },
  },
);
