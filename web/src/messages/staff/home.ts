import { both } from '../../words/language';
import { counted } from '../../words/numbers';

interface KindWords {
  /** What waits, with how many there are. */
  title: (count: number) => string;
  /** What to do. */
  todo: string;
}

interface HomeWords {
  title: string;
  waits: string;
  nothing: string;
  unanswered: (service: string) => string;
  /** By kind; one without words is shown as the service says it, in English. */
  kinds: Record<string, KindWords>;
  see: string;
  seeAll: (title: string) => string;
  byApi: string;
  documentation: (service: string) => string;
  health: string;
  healthHelp: string;
  ok: string;
  degraded: string;
  failing: string;
  away: string;
  parked: (count: number) => string;
  parts: Record<string, string>;
  part: (name: string) => string;
  again: string;
}

/** Of the first page of the staff: what waits today, and how the services are. */
export const staffHomeWords = both<HomeWords>(
  {
    title: 'À faire',
    waits: 'Ce qui vous attend',
    nothing: 'Rien ne vous attend : bonne journée.',
    unanswered: (service) => `Ce qui attend dans « ${service} » n’a pas pu être demandé.`,
    kinds: {
      deadlines_due: {
        title: (count) => counted.fr(count, 'échéance est proche', 'échéances sont proches'),
        todo: 'En retard, ou dues sous une semaine. Chaque opération dit ce qu’il y a à faire.',
      },
      months_late: {
        title: (count) =>
          counted.fr(count, 'mois aurait dû être clos', 'mois auraient dû être clos'),
        todo: 'La clôture du mois dit ce qui manque.',
      },
      deliveries_failed: {
        title: (count) =>
          counted.fr(count, 'fichier n’a pas pu être lu', 'fichiers n’ont pas pu être lus'),
        todo: 'La faute est à la plateforme. À envoyer de nouveau une fois qu’elle est réparée.',
      },
      deliveries_refused: {
        title: (count) => counted.fr(count, 'fichier est abîmé', 'fichiers sont abîmés'),
        todo: 'Des 30 derniers jours. À redemander à l’expéditeur.',
      },
      quarantine_open: {
        title: (count) =>
          counted.fr(count, 'enregistrement est mis à part', 'enregistrements sont mis à part'),
        todo: 'À libérer, à corriger ou à écarter.',
      },
      sources_silent: {
        title: (count) =>
          counted.fr(
            count,
            'source du gestionnaire de réseau ne répond pas',
            'sources du gestionnaire de réseau ne répondent pas',
          ),
        todo: 'Vérifiez les identifiants avec lesquels la plateforme l’interroge.',
      },
      erasures_requested: {
        title: (count) =>
          counted.fr(count, 'membre demande à être effacé', 'membres demandent à être effacés'),
        todo: 'La loi donne un mois. Voyez ce qui l’empêche encore, puis effacez.',
      },
      events_parked: {
        title: (count) =>
          counted.fr(count, 'événement est mis de côté', 'événements sont mis de côté'),
        todo: 'Un service n’a pas pu les prendre. À rejouer une fois la cause réparée.',
      },
      settlements_outdated: {
        title: (count) =>
          counted.fr(
            count,
            'clôture ne peut pas être refaite',
            'clôtures ne peuvent pas être refaites',
          ),
        todo: 'Des données ont changé depuis. La page du mois dit ce qui empêche de clore.',
      },
      submissions_undelivered: {
        title: (count) =>
          counted.fr(
            count,
            'facture électronique n’est pas arrivée',
            'factures électroniques ne sont pas arrivées',
          ),
        todo: 'Refusée ou sans réponse : l’historique de l’envoi dit pourquoi.',
      },
      mailings_stuck: {
        title: (count) =>
          counted.fr(count, 'e-mail de facture attend', 'e-mails de factures attendent'),
        todo: 'Ce n’est pas encore possible. La plateforme réessaie d’elle-même.',
      },
      mailings_lost: {
        title: (count) =>
          counted.fr(count, 'e-mail de facture est perdu', 'e-mails de factures sont perdus'),
        todo: 'Abandonné avant l’envoi. Renvoyez le document, ou prévenez autrement.',
      },
      messages_waiting: {
        title: (count) => counted.fr(count, 'e-mail n’est pas parti', 'e-mails ne sont pas partis'),
        todo: 'Depuis plus d’une heure. Vérifiez le serveur de courrier.',
      },
      messages_failed: {
        title: (count) =>
          counted.fr(count, 'e-mail n’est pas arrivé', 'e-mails ne sont pas arrivés'),
        todo: 'Des 30 derniers jours. Demandez une autre adresse.',
      },
    },
    see: 'Voir',
    seeAll: (title) => `Voir : ${title}`,
    byApi: 'Pas encore de page pour cela. Par les API :',
    documentation: (service) => `Documentation des API « ${service} »`,
    health: 'Santé des services',
    healthHelp:
      'Demandée à l’instant. Un service qui a un souci le dit avec ses propres mots, en anglais ; le guide d’exploitation dit que faire.',
    ok: 'tout va bien',
    degraded: 'marche, avec un souci',
    failing: 'ne marche pas',
    away: 'ne répond pas',
    parked: (count) => counted.fr(count, 'événement mis de côté', 'événements mis de côté'),
    parts: {
      database: 'base de données',
      'event log': 'journal des événements',
      mail: 'courrier',
      polls: 'votes',
      'pull:acc': 'relève auprès du gestionnaire de réseau',
      'pull:data-connect': 'relève par Data Connect',
    },
    part: (name) => `tâche « ${name} »`,
    again: 'Demander de nouveau',
  },
  {
    title: 'To do',
    waits: 'What waits for you',
    nothing: 'Nothing waits for you: have a good day.',
    unanswered: (service) => `What waits in “${service}” could not be asked for.`,
    kinds: {
      deadlines_due: {
        title: (count) => counted.en(count, 'deadline is near', 'deadlines are near'),
        todo: 'Late, or due within a week. The page of each operation says what there is to do.',
      },
      months_late: {
        title: (count) =>
          counted.en(count, 'month should have been closed', 'months should have been closed'),
        todo: 'The closing of the month shows what is missing.',
      },
      deliveries_failed: {
        title: (count) => counted.en(count, 'file could not be read', 'files could not be read'),
        todo: 'The fault is the platform’s. To be sent again once it is mended.',
      },
      deliveries_refused: {
        title: (count) => counted.en(count, 'file is damaged', 'files are damaged'),
        todo: 'Of the last 30 days. To be asked of the sender again.',
      },
      quarantine_open: {
        title: (count) => counted.en(count, 'record is set apart', 'records are set apart'),
        todo: 'To be released, corrected or discarded.',
      },
      sources_silent: {
        title: (count) =>
          counted.en(
            count,
            'source of the grid operator does not answer',
            'sources of the grid operator do not answer',
          ),
        todo: 'Check the credentials by which the platform asks it.',
      },
      erasures_requested: {
        title: (count) => counted.en(count, 'member asks to be erased', 'members ask to be erased'),
        todo: 'The law gives a month. See what still stands in the way, then erase.',
      },
      events_parked: {
        title: (count) => counted.en(count, 'event is parked', 'events are parked'),
        todo: 'A service could not take them. To be replayed once the cause is mended.',
      },
      settlements_outdated: {
        title: (count) =>
          counted.en(count, 'closing cannot be redone', 'closings cannot be redone'),
        todo: 'Data have changed since. The page of the month says what is in the way.',
      },
      submissions_undelivered: {
        title: (count) =>
          counted.en(count, 'e-invoice did not arrive', 'e-invoices did not arrive'),
        todo: 'Refused, or without an answer: the history of what was sent says why.',
      },
      mailings_stuck: {
        title: (count) =>
          counted.en(count, 'e-mail of an invoice waits', 'e-mails of invoices wait'),
        todo: 'It is not possible yet. The platform tries again by itself.',
      },
      mailings_lost: {
        title: (count) =>
          counted.en(count, 'e-mail of an invoice is lost', 'e-mails of invoices are lost'),
        todo: 'Given up before it was sent. Send the document again, or tell by other means.',
      },
      messages_waiting: {
        title: (count) => counted.en(count, 'e-mail has not left', 'e-mails have not left'),
        todo: 'For over an hour. Check the mail server.',
      },
      messages_failed: {
        title: (count) => counted.en(count, 'e-mail did not arrive', 'e-mails did not arrive'),
        todo: 'Of the last 30 days. Ask for another address.',
      },
    },
    see: 'See',
    seeAll: (title) => `See: ${title}`,
    byApi: 'There is no page for this yet. By the APIs:',
    documentation: (service) => `Documentation of the APIs “${service}”`,
    health: 'Health of the services',
    healthHelp:
      'Asked just now. A service that has trouble says so in its own words; the operations guide says what to do.',
    ok: 'all is well',
    degraded: 'works, with trouble',
    failing: 'does not work',
    away: 'does not answer',
    parked: (count) => counted.en(count, 'parked event', 'parked events'),
    parts: {
      database: 'database',
      'event log': 'event log',
      mail: 'mail',
      polls: 'votes',
      'pull:acc': 'readings from the grid operator',
      'pull:data-connect': 'readings by Data Connect',
    },
    part: (name) => `task “${name}”`,
    again: 'Ask again',
  },
);
