import { both } from '../../words/language';
import type { BySlug } from './bySlug';

/** Of what is one's own: consents, documents, shares of capital. */
export const ownRefusals = both<BySlug>(
  {
    'capital-day-to-come':
      'Le registre des parts n’est connu que jusqu’à aujourd’hui. Choisissez un jour passé.',
    'consent-changed':
      'Un accord enregistré ne se modifie pas. Retirez-le, puis donnez-en un autre.',
    'consent-empty':
      'Cet accord finirait avant de commencer. Choisissez une date de fin plus tardive.',
    'consent-missing':
      'Ce membre ne partage pas cela avec vous, ou pas pour tous ces jours. Lui seul peut le permettre.',
    'consent-too-long': 'Un accord vaut trois ans au plus. Choisissez une date de fin plus proche.',
    'consent-unknown':
      'Nous ne trouvons pas cet accord. Rechargez la page pour voir ceux qui valent.',
    'document-lost':
      'Ce document n’est plus dans nos fichiers. Dites-le à votre coopérative : elle peut le rétablir.',
    'document-unknown':
      'Ce document n’existe pas, ou n’est pas pour vous. Revenez à vos documents.',
    'enrolment-unknown':
      'Nous ne trouvons pas cette adhésion, ou elle n’est pas la vôtre. Revenez à la page « Moi ».',
    'erasure-executed': 'L’effacement est fait : rien ne revient. Rechargez la page.',
    'erasure-unknown':
      'Aucun effacement n’est demandé : il n’y a rien à retirer. Rechargez la page.',
    'for-staff-to-record':
      'Seule l’équipe de la coopérative peut enregistrer cela : le point est ou a été celui d’un autre membre, ou le jour est trop ancien. Écrivez-lui.',
    'location-unknown':
      'Personne n’a encore dit où se trouve ce point. Demandez à votre organisateur.',
    'member-unknown': 'La coopérative ne trouve pas ce membre. Si c’est vous, écrivez-lui.',
    'message-unknown': 'Ce message n’existe pas, ou plus. Rechargez la liste.',
    'no-capital-shares': 'Vous ne détenez pas de parts à ce jour : il n’y a rien à attester.',
    'proof-missing':
      'Pour donner l’accord de quelqu’un d’autre, il faut ce qu’il a signé. Chacun peut le donner ici lui-même.',
    'signature-unfit':
      'Ce document ne peut plus être signé ni refusé. Rechargez la page pour voir où il en est.',
    'version-outdated': 'Une nouvelle version est arrivée. Rechargez la page, et lisez celle-là.',
    'version-unknown':
      'Ce document n’a pas cette version. Rechargez la page, et ouvrez la dernière.',
  },
  {
    'capital-day-to-come':
      'The register of shares is known up to today only. Choose a day that has come.',
    'consent-changed': 'A recorded consent is not changed. Withdraw it, then give another one.',
    'consent-empty': 'This consent would end before it begins. Choose a later last day.',
    'consent-missing':
      'The member does not share this with you, or not for all of these days. Only they can allow it.',
    'consent-too-long': 'A consent holds for three years at most. Choose an earlier last day.',
    'consent-unknown': 'We find no such consent. Reload the page to see those that hold.',
    'document-lost':
      'This document is no longer in our files. Tell your co-op: it can bring it back.',
    'document-unknown':
      'There is no such document, or it is not for you. Go back to your documents.',
    'enrolment-unknown': 'We find no such enrolment, or it is not yours. Go back to the page “Me”.',
    'erasure-executed': 'The erasure is done: nothing comes back. Reload the page.',
    'erasure-unknown': 'No erasure was asked for: there is nothing to withdraw. Reload the page.',
    'for-staff-to-record':
      'Only the staff of the co-op can record this: the point is or was another member’s, or the day is too early. Write to them.',
    'location-unknown': 'Nobody has told yet where this point is. Ask your organiser.',
    'member-unknown': 'The co-op finds no such member. If it is you, write to it.',
    'message-unknown': 'There is no such message, or no longer. Reload the list.',
    'no-capital-shares': 'You hold no shares today: there is nothing to certify.',
    'proof-missing':
      'To give somebody else’s consent, what they signed is needed. They can give it here themselves.',
    'signature-unfit':
      'This document can no longer be signed or declined. Reload the page to see how it stands.',
    'version-outdated': 'There is a new version. Reload the page, and read that one.',
    'version-unknown':
      'The document has no such version. Reload the page, and open the newest one.',
  },
);
