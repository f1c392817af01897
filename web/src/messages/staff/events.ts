import { both } from '../../words/language';
import { counted } from '../../words/numbers';

interface EventWords {
  title: string;
  lead: string;
  none: string;
  unanswered: (service: string) => string;
  /** What happened, by the type of the event without its version; of others the type is shown. */
  types: Record<string, string>;
  unreadable: string;
  /** Why it was not taken, by the class of the error; of others that is shown. */
  failures: Record<string, string>;
  unexpected: (failure: string) => string;
  why: string;
  known: (count: number, oldest: string) => string;
  attempts: (count: number) => string;
  which: string;
  all: (count: number) => string;
  one: (key: string, moment: string) => string;
  effect: string;
  mended: string;
  replay: string;
  done: (count: number, all: number) => string;
  taken: (count: number) => string;
  failed: (count: number, why: string) => string;
  details: (count: number) => string;
}

/** Of events that a service could not take. */
export const eventWords = both<EventWords>(
  {
    title: 'Événements mis de côté',
    lead: 'Un service apprend d’un autre ce qui a changé. Ce qu’il n’a pas pu prendre attend ici : rien n’est perdu, mais il ne le sait pas encore.',
    none: 'Aucun événement n’est mis de côté.',
    unanswered: (service) => `Ce qui est mis de côté dans « ${service} » n’a pas pu être demandé.`,
    types: {
      'community.member_recorded': 'Un membre a été créé ou changé',
      'community.perimeter_changed': 'Le périmètre d’une opération a changé',
      'community.consents_changed': 'Un membre a changé ses accords',
      'community.message_status': 'Un e-mail est parti, ou n’est pas arrivé',
      'community.poll_opened': 'Un vote est ouvert',
      'community.poll_closed': 'Un vote est clos',
      'community.challenge_changed': 'Un défi a changé',
      'ingest.readings_recorded': 'Des mesures sont arrivées',
      'ingest.dso_results_recorded': 'Des résultats du gestionnaire de réseau sont arrivés',
      'ingest.point_left': 'Un point a quitté une opération',
      'allocation.shares_allocated': 'Un jour est réparti',
      'allocation.day_held_up': 'Un jour ne peut pas être réparti',
      'allocation.coefficients_sent': 'Des coefficients sont envoyés',
      'allocation.deposit_month_changed': 'Ce qui est à déposer pour un mois a changé',
      'allocation.settlement_closed': 'Un mois est clos',
      'allocation.settlement_detailed': 'Un mois clos est détaillé',
      'allocation.settlement_revised': 'Un mois est clos de nouveau',
      'allocation.challenge_measured': 'Un défi est mesuré',
      'billing.invoice_issued': 'Une facture est émise',
      'billing.creditor_changed': 'Un créancier a changé',
      'billing.mandate_asked': 'Un prélèvement est demandé',
      'billing.mandate_answered': 'Une demande de prélèvement a sa réponse',
      'billing.mandate_revoked': 'Un mandat est révoqué',
      'billing.mandate_ended': 'Un mandat est terminé',
      'billing.message_asked': 'Un e-mail est à envoyer',
    },
    unreadable: 'Un événement illisible',
    failures: {
      IntegrityError: 'Cela contredit ce que le service sait déjà.',
      ValidationError: 'Son contenu n’a pas la forme attendue.',
      DataError: 'Une de ses valeurs ne peut pas être gardée.',
      KeyError: 'Le service ne connaît pas ce dont il parle.',
      'no handler': 'Ce service ne prend pas de tels événements.',
    },
    unexpected: (failure) =>
      `Une faute de la plateforme : ${failure}. Le journal technique du service en dit plus.`,
    why: 'Pourquoi',
    known: (count, oldest) => `${counted.fr(count, 'événement', 'événements')}, depuis ${oldest}`,
    attempts: (count) => counted.fr(count, 'essai', 'essais'),
    which: 'Lesquels rejouer',
    all: (count) => `tous les ${count}, du plus ancien au plus récent`,
    one: (key, moment) => `${key}, ${moment}`,
    effect:
      'Le service essaie de nouveau. Ce qui réussit prend effet et quitte cette liste ; ce qui échoue encore reste, sans aucun effet.',
    mended: 'La cause est réparée',
    replay: 'Rejouer',
    done: (count, all) => `${count} sur ${all}`,
    taken: (count) => counted.fr(count, 'événement est pris.', 'événements sont pris.'),
    failed: (count, why) =>
      `${counted.fr(count, 'événement échoue encore', 'événements échouent encore')} : ${why}`,
    details: (count) => (count === 1 ? 'Lequel' : `Lesquels (${count})`),
  },
  {
    title: 'Parked events',
    lead: 'A service hears from another one what has changed. What it could not take waits here: nothing is lost, but it does not know of it yet.',
    none: 'No event is parked.',
    unanswered: (service) => `What is parked in “${service}” could not be asked for.`,
    types: {
      'community.member_recorded': 'A member was created or changed',
      'community.perimeter_changed': 'The perimeter of an operation has changed',
      'community.consents_changed': 'A member changed their consents',
      'community.message_status': 'An e-mail was sent, or did not arrive',
      'community.poll_opened': 'A vote is open',
      'community.poll_closed': 'A vote is closed',
      'community.challenge_changed': 'A challenge has changed',
      'ingest.readings_recorded': 'Readings have arrived',
      'ingest.dso_results_recorded': 'Results of the grid operator have arrived',
      'ingest.point_left': 'A point left an operation',
      'allocation.shares_allocated': 'A day is shared',
      'allocation.day_held_up': 'A day cannot be shared',
      'allocation.coefficients_sent': 'Coefficients are sent',
      'allocation.deposit_month_changed': 'What is to be deposited for a month has changed',
      'allocation.settlement_closed': 'A month is closed',
      'allocation.settlement_detailed': 'A closed month is told in detail',
      'allocation.settlement_revised': 'A month is closed anew',
      'allocation.challenge_measured': 'A challenge is measured',
      'billing.invoice_issued': 'An invoice is issued',
      'billing.creditor_changed': 'A creditor has changed',
      'billing.mandate_asked': 'A direct debit is asked for',
      'billing.mandate_answered': 'A wish for direct debit is answered',
      'billing.mandate_revoked': 'A mandate is revoked',
      'billing.mandate_ended': 'A mandate has ended',
      'billing.message_asked': 'An e-mail is to be sent',
    },
    unreadable: 'An event that cannot be read',
    failures: {
      IntegrityError: 'It contradicts what the service knows already.',
      ValidationError: 'Its content is not of the expected form.',
      DataError: 'One of its values cannot be kept.',
      KeyError: 'The service does not know what it is about.',
      'no handler': 'This service takes no such events.',
    },
    unexpected: (failure) =>
      `A fault of the platform: ${failure}. The technical log of the service tells more.`,
    why: 'Why',
    known: (count, oldest) => `${counted.en(count, 'event', 'events')}, since ${oldest}`,
    attempts: (count) => counted.en(count, 'attempt', 'attempts'),
    which: 'Which to replay',
    all: (count) => `all ${count}, from the oldest to the newest`,
    one: (key, moment) => `${key}, ${moment}`,
    effect:
      'The service tries again. What succeeds takes effect and leaves this list; what fails again stays, without any effect.',
    mended: 'The cause is mended',
    replay: 'Replay',
    done: (count, all) => `${count} of ${all}`,
    taken: (count) => counted.en(count, 'event is taken.', 'events are taken.'),
    failed: (count, why) =>
      `${counted.en(count, 'event fails again', 'events fail again')}: ${why}`,
    details: (count) => (count === 1 ? 'Which one' : `Which ones (${count})`),
  },
);
