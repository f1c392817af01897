import { both } from '../../words/language';
import type { BySlug } from './bySlug';

/** Of who comes in: log-ins, invitations, requests. */
export const entryRefusals = both<BySlug>(
  {
    'account-elsewhere':
      'Votre connexion est gérée par un autre service : cette plateforme ne peut pas donner d’agenda à votre compte. Parlez-en à votre coopérative.',
    'account-of-another-member':
      'Cette adresse e-mail sert déjà à un autre membre. Demandez une invitation à une autre adresse.',
    'account-unknown': 'Votre connexion est gérée ailleurs : demandez à votre coopérative.',
    'calendar-unknown':
      'Cette adresse d’agenda n’est pas juste, ou a été retirée. Créez-en une autre à la page Rencontres.',
    'code-refused': 'Ce code n’est pas le bon. Attendez le suivant et réessayez.',
    'code-wanted': 'Encore une étape : le code de votre application d’authentification.',
    'code-wrong': 'Ce code n’est pas le bon. Attendez le suivant et réessayez.',
    'codes-in-use': 'Une application est déjà en place. Rechargez la page.',
    'codes-off':
      'Cette plateforme ne permet pas la double vérification. Parlez-en à votre coopérative.',
    'codes-paused': 'Trop de codes erronés : réessayez dans un quart d’heure.',
    'codes-unset': 'Aucune application n’est en place. Rechargez la page.',
    'confirmation-refused': 'Ce lien n’est plus valable. Redemandez le changement d’adresse.',
    'credentials-refused': 'Cette adresse et ce mot de passe ne vont pas ensemble.',
    'feed-refused':
      'Ce programme n’est plus reconnu. Demandez un nouveau secret à votre coopérative.',
    'foreign-origin': 'Connectez-vous à l’adresse habituelle de votre coopérative.',
    'form-full':
      'Beaucoup de demandes sont arrivées dans l’heure. Gardez votre texte et renvoyez-le à la prochaine heure.',
    'geocoder-away':
      'Le service d’adresses ne répond pas. Donnez plutôt un lieu copié d’une carte, ci-dessous.',
    'geocoder-off':
      'Cette plateforme ne cherche pas d’adresse. Donnez un lieu copié d’une carte, ci-dessous.',
    'invitation-refused': 'Cette invitation n’est plus valable. Demandez-en une autre.',
    'link-refused': 'Ce lien n’est plus valable. Demandez-en un autre.',
    'log-in-paused': ({ retry_after_s }) =>
      `Trop d’essais : réessayez dans ${retry_after_s} secondes. Là où vous êtes connecté, vous le restez.`,
    'login-elsewhere':
      'Votre coopérative vous connecte par un autre service : demandez-lui lequel.',
    'password-easy':
      'Ce mot de passe se devine : mots courants, suites de touches ou votre nom. Prenez plutôt quatre mots au hasard.',
    'password-wrong':
      'Ce n’est pas votre mot de passe actuel. Réessayez, ou demandez un lien par e-mail.',
    'presentation-unknown': 'Cette opération ne se présente pas au public, ou plus.',
    'refresh-refused': 'Votre session est terminée : reconnectez-vous.',
    'request-unknown':
      'Nous ne trouvons pas cette demande. Vérifiez que le lien est entier, avec ce qui suit le signe #.',
    'session-unknown': 'Cet appareil est déjà déconnecté. Rechargez la page.',
    'sign-up-link-refused':
      'Ce lien n’est plus valable : il a servi, ou ses trois jours sont passés. Refaites votre demande.',
    'step-up-needed': 'Pour cela, montrez encore une fois que c’est bien vous.',
    'too-many-addresses-today':
      'Trop d’adresses ont été cherchées aujourd’hui. Donnez plutôt un lieu copié d’une carte, ci-dessous.',
    'too-many-email-changes':
      'Trois liens de confirmation sont déjà partis en un jour. Réessayez demain.',
    'too-many-links':
      'Beaucoup de liens ont été demandés depuis votre réseau. Réessayez dans quelques minutes, ou entrez votre mot de passe.',
    'too-many-log-ins':
      'Beaucoup de personnes se connectent en ce moment. Réessayez dans un instant.',
    'too-many-requests-today':
      'Beaucoup de demandes sont arrivées aujourd’hui. Renvoyez la vôtre demain : gardez votre texte.',
  },
  {
    'account-elsewhere':
      'Your log-in is kept by another service: this platform cannot give calendars to it. Talk to your co-op.',
    'account-of-another-member':
      'This e-mail address is the log-in of another member already. Ask to be invited by another address.',
    'account-unknown': 'Your log-in is kept elsewhere: ask your co-op.',
    'calendar-unknown':
      'This calendar address is not right, or was withdrawn. Make another one on the page Gatherings.',
    'code-refused': 'That is not the code. Wait for the next one and try again.',
    'code-wanted': 'One more step: the code of your authenticator app.',
    'code-wrong': 'That is not the code. Wait for the next one and try again.',
    'codes-in-use': 'An app is in place already. Reload the page.',
    'codes-off': 'This platform does not allow a second proof. Talk to your co-op.',
    'codes-paused': 'Too many wrong codes: try again in a quarter of an hour.',
    'codes-unset': 'No app is in place. Reload the page.',
    'confirmation-refused': 'This link is no longer good. Ask for the change of address again.',
    'credentials-refused': 'This address and this password do not belong together.',
    'feed-refused': 'This program is no longer known. Ask your co-op for a new secret.',
    'foreign-origin': 'Log in at the usual address of your co-op.',
    'form-full':
      'Many have sent this form within the hour. Keep your text, and send it again in the next hour.',
    'geocoder-away':
      'The address service does not answer. Give a place copied from a map instead, below.',
    'geocoder-off': 'This platform looks up no addresses. Give a place copied from a map, below.',
    'invitation-refused': 'This invitation is no longer good. Ask for another one.',
    'link-refused': 'This link is no longer good. Ask for another one.',
    'log-in-paused': ({ retry_after_s }) =>
      `Too many tries: try again in ${retry_after_s} seconds. Where you are logged in, you stay so.`,
    'login-elsewhere': 'Your co-op logs you in by another service: ask it by which.',
    'password-easy':
      'That password is easily guessed: common words, rows of keys or your name. Take four words by chance instead.',
    'password-wrong': 'That is not your current password. Try again, or ask for a link by e-mail.',
    'presentation-unknown': 'This operation is not shown to the public, or no longer.',
    'refresh-refused': 'Your session is over: log in again.',
    'request-unknown':
      'We find no such request. Check that the link is whole, with what follows the sign #.',
    'session-unknown': 'This device is logged out already. Reload the page.',
    'sign-up-link-refused':
      'This link is no longer good: it was used, or its three days are over. Ask once more.',
    'step-up-needed': 'For that, show once more that it is you.',
    'too-many-addresses-today':
      'Too many addresses were looked up today. Give a place copied from a map instead, below.',
    'too-many-email-changes': 'Three links were sent within a day already. Try again tomorrow.',
    'too-many-links':
      'Many links were asked for from your network. Try again in a few minutes, or enter your password.',
    'too-many-log-ins': 'Many people log in just now. Try again in a moment.',
    'too-many-requests-today':
      'Many requests came today. Send yours again tomorrow: keep your text.',
  },
);
