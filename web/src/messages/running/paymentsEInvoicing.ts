import type { components } from '../../api/schema/billing';
import { both } from '../../words/language';
import { counted } from '../../words/numbers';

type Schemas = components['schemas'];

interface EInvoicingWords {
  title: string;
  lead: string;
  undelivered: (count: number) => string;
  allDelivered: string;
  all: string;
  none: string;
  ofState: (count: number, state: string) => string;
  invoice: string;
  report: string;
  again: string;
  againOf: (name: string) => string;
  againHelp: string;
  early: string;
  earlyOf: (name: string) => string;
  queued: string;
  since: (day: string) => string;
  told: string;
  channels: Record<Schemas['Channel'], string>;
  states: Record<Schemas['SubmissionState'], string>;
  meaning: Record<'refused' | 'rejected' | 'unsure' | 'failed', string>;
  why: Record<Schemas['Why'], string>;
}

/** Of documents that go to platforms. */
export const eInvoicingWords = both<EInvoicingWords>(
  {
    title: 'Facturation électronique',
    lead: 'Les factures aux entreprises passent par une plateforme agréée, celles aux personnes publiques par Chorus Pro. Pour les ménages, seules des sommes sont déclarées.',
    undelivered: (count) =>
      `${counted.fr(count, 'document n’est pas arrivé', 'documents ne sont pas arrivés')}`,
    allDelivered: 'Aucun document n’attend qu’on s’en occupe.',
    all: 'Tous les envois',
    none: 'Aucun document n’est à envoyer par ce moyen.',
    ofState: (count, state) => `${counted.fr(count, 'document', 'documents')} : ${state}`,
    invoice: 'Facture',
    report: 'Déclaration des ventes aux ménages',
    again: 'Envoyer de nouveau',
    againOf: (name) => `Envoyer de nouveau ${name}`,
    againHelp: 'Corrigez d’abord ce que la plateforme reproche, sinon elle refusera encore.',
    early: 'Envoyer quand même',
    earlyOf: (name) => `Envoyer quand même ${name}`,
    queued: 'C’est en route.',
    since: (day) => `depuis le ${day}`,
    told: 'La plateforme dit',
    channels: {
      b2b: 'plateforme agréée',
      b2g: 'Chorus Pro',
      b2c: 'déclaration des ventes',
    },
    states: {
      not_due: 'pas envoyé : pas obligatoire',
      queued: 'en route',
      sending: 'en route',
      recorded: 'gardé, non envoyé : aucune plateforme n’est branchée',
      deposited: 'déposé',
      delivered: 'arrivé',
      refused: 'refusé par le client',
      rejected: 'rejeté par la plateforme',
      unsure: 'peut-être arrivé',
      failed: 'abandonné après plusieurs essais',
    },
    meaning: {
      refused: 'Demandez au client ce qui ne va pas, puis faites un avoir ou envoyez de nouveau.',
      rejected:
        'La plateforme ne l’a pas pris : il manque souvent un SIRET ou un numéro d’engagement.',
      unsure:
        'La réponse s’est perdue. Regardez d’abord sur la plateforme si le document y est : sinon, envoyez-le de nouveau.',
      failed: 'La plateforme n’a pas répondu. Vérifiez qu’elle marche, puis envoyez de nouveau.',
    },
    why: {
      due: 'obligatoire',
      chosen: 'choisi par le vendeur',
      'not-yet': 'obligatoire plus tard',
      'size-unstated': 'la taille du vendeur n’est pas dite',
      unregistered: 'il manque un SIREN',
    },
  },
  {
    title: 'E-invoicing',
    lead: 'Invoices to companies go by an approved platform, those to public bodies by Chorus Pro. Of households only sums are reported.',
    undelivered: (count) =>
      `${counted.en(count, 'document has not arrived', 'documents have not arrived')}`,
    allDelivered: 'No document waits for somebody to look at it.',
    all: 'All submissions',
    none: 'No document is to be sent that way.',
    ofState: (count, state) => `${counted.en(count, 'document', 'documents')}: ${state}`,
    invoice: 'Invoice',
    report: 'Report of sales to households',
    again: 'Send again',
    againOf: (name) => `Send again ${name}`,
    againHelp: 'Mend first what the platform objects to, or it will refuse again.',
    early: 'Send all the same',
    earlyOf: (name) => `Send all the same ${name}`,
    queued: 'It is on its way.',
    since: (day) => `since ${day}`,
    told: 'The platform says',
    channels: {
      b2b: 'approved platform',
      b2g: 'Chorus Pro',
      b2c: 'report of sales',
    },
    states: {
      not_due: 'not sent: it does not have to be',
      queued: 'on its way',
      sending: 'on its way',
      recorded: 'kept, not sent: no platform is connected',
      deposited: 'deposited',
      delivered: 'arrived',
      refused: 'refused by the customer',
      rejected: 'rejected by the platform',
      unsure: 'may have arrived',
      failed: 'given up after several tries',
    },
    meaning: {
      refused: 'Ask the customer what is wrong, then make a credit note or send it again.',
      rejected:
        'The platform has not taken it: often a SIRET or a number of commitment is missing.',
      unsure:
        'The answer was lost. Look on the platform first whether the document is there: if not, send it again.',
      failed: 'The platform did not answer. Check that it works, then send it again.',
    },
    why: {
      due: 'has to be',
      chosen: 'chosen by the seller',
      'not-yet': 'has to be later',
      'size-unstated': 'the size of the seller is not stated',
      unregistered: 'a SIREN is missing',
    },
  },
);
